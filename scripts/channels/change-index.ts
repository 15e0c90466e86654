import { ReportedError } from '../diagnostic/index.ts';
import { type ChannelIndex, compareVersions, nameOf, type Offer } from './channel-index.ts';

/** What a channel gets and loses. */
export interface Change {
  /** New ones, or ones that are there for a greater share of hosts. */
  readonly offers: readonly Offer[];
  /** Names, such as `headless-debian-13-2026.12.1`. */
  readonly withdraw: readonly { readonly name: string; readonly reason: string }[];
}

type Content = Pick<ChannelIndex, 'offers' | 'withdrawn'>;

/**
 * What a channel has after a change. Doing the same again changes nothing.
 * @throws ReportedError for what hosts would have to take back, or would never take
 */
export function changed(content: Content, { offers, withdraw }: Change): Content {
  const faults: { readonly message: string; readonly hint: string }[] = [];
  const there = new Map(content.offers.map((offer) => [nameOf(offer), offer]));
  for (const offer of offers) {
    const fault = faultOf(offer, content);
    if (fault === undefined) there.set(nameOf(offer), offer);
    else faults.push(fault);
  }
  const gone = new Map(content.withdrawn.map((one) => [nameOf(one), one]));
  for (const { name, reason } of withdraw) {
    const offer = there.get(name);
    if (offer !== undefined) {
      gone.set(name, { product: offer.product, version: offer.version, reason });
      there.delete(name);
    } else if (!gone.has(name)) {
      faults.push({ message: `there is no release ${name} in this channel`, hint: `There are: ${namesIn(content)}` });
    }
  }
  if (faults.length > 0) throw new ReportedError(faults.map((one) => ({ code: 'channel', severity: 'error', ...one })));
  return { offers: [...there.values()], withdrawn: [...gone.values()] };
}

const namesIn = ({ offers, withdrawn }: Content) => [...offers, ...withdrawn].map(nameOf).join(', ') || 'none';

function faultOf(
  offer: Offer,
  { offers, withdrawn }: Content,
): { readonly message: string; readonly hint: string } | undefined {
  const name = nameOf(offer);
  const before = offers.find((one) => nameOf(one) === name);
  const gone = withdrawn.find((one) => nameOf(one) === name);
  if (gone !== undefined) {
    return {
      message: `${name} was withdrawn: ${gone.reason}`,
      hint: 'Publish a mended one with a greater `releases.version`.',
    };
  }
  if (before !== undefined && before.sums !== offer.sums) {
    return {
      message: `${name} is published already, and it was another build`,
      hint: 'Hosts tell releases by their versions: give it a greater `releases.version`.',
    };
  }
  if (before !== undefined && before.percent > offer.percent) {
    return {
      message: `${name} is offered to ${before.percent} % of hosts, and no host is taken back out`,
      hint: `Is it no good: --withdraw ${name} --reason TEXT`,
    };
  }
  const newest = [...offers, ...withdrawn]
    .filter(({ product }) => product === offer.product)
    .toSorted((one, other) => compareVersions(one.version, other.version))
    .at(-1);
  if (before === undefined && newest !== undefined && compareVersions(offer.version, newest.version) < 0) {
    return {
      message: `${name} is older than ${nameOf(newest)} in this channel`,
      hint: 'No host takes an older one: give it a greater `releases.version`.',
    };
  }
  return undefined;
}
