/** What hosts may follow. */
export const channels = ['stable', 'testing'] as const;
export type Channel = (typeof channels)[number];

/** A release that hosts are offered. */
export interface Offer {
  /** Flavour and base: `headless-debian-13`. Hosts look at those of their own. */
  readonly product: string;
  readonly version: string;
  /** The share of hosts that are offered it, 0 to 100. */
  readonly percent: number;
  /** SHA-256 of its list of checksums, and so of all that is in it. */
  readonly sums: string;
  /** Of all files together. */
  readonly bytes: number;
}

/** One that no host is offered any more; those that run it are told. */
export interface Withdrawn {
  readonly product: string;
  readonly version: string;
  readonly reason: string;
}

/** What a channel has, by product, the oldest version first. */
export interface ChannelIndex {
  readonly channel: Channel;
  readonly offers: readonly Offer[];
  readonly withdrawn: readonly Withdrawn[];
  /** Seconds since 1970; each index of a channel has a greater one, by which hosts know an old one that is put in its place. */
  readonly written: number;
  /** Seconds since 1970: from then on hosts believe it no more. */
  readonly expires: number;
}

const FIRST_LINE = 'phyllome-releases 1';

export const nameOf = ({ product, version }: Pick<Offer, 'product' | 'version'>): string => `${product}-${version}`;

/** Numbers with dots; the option `version` of the component `releases` takes the same. */
export const isVersion = (text: string): boolean => /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){0,3}$/.test(text);

/** Below 0 where `one` is older. Numbers count as such; one that goes on is newer, as `sort -V` on hosts has it. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  for (let part = 0; part < Math.max(left?.length ?? 0, right?.length ?? 0); part++) {
    const difference = (left?.[part] ?? -1) - (right?.[part] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The text as hosts read it: plain lines, for a shell. */
export function indexText({ channel, offers, withdrawn, written, expires }: ChannelIndex): string {
  const order = (one: Pick<Offer, 'product' | 'version'>, other: Pick<Offer, 'product' | 'version'>) =>
    one.product === other.product ? compareVersions(one.version, other.version) : one.product < other.product ? -1 : 1;
  return [
    FIRST_LINE,
    `channel ${channel}`,
    `written ${written}`,
    `expires ${expires}`,
    ...offers
      .toSorted(order)
      .map((offer) => `release ${offer.product} ${offer.version} ${offer.percent} ${offer.sums} ${offer.bytes}`),
    ...withdrawn.toSorted(order).map((one) => `withdrawn ${one.product} ${one.version} ${one.reason}`),
    '',
  ].join('\n');
}

/** Undefined where it is no such text. */
export function parseIndex(text: string): ChannelIndex | undefined {
  const [first, ...lines] = text.replace(/\n$/, '').split('\n');
  const [, channel] = /^channel (stable|testing)$/.exec(lines[0] ?? '') ?? [];
  const [, written] = /^written (\d{1,12})$/.exec(lines[1] ?? '') ?? [];
  const [, expires] = /^expires (\d{1,12})$/.exec(lines[2] ?? '') ?? [];
  const known = channels.find((one) => one === channel);
  if (first !== FIRST_LINE || known === undefined || written === undefined || expires === undefined) return undefined;
  const read = lines.slice(3).map((line) => offerIn(line) ?? withdrawnIn(line));
  if (read.includes(undefined)) return undefined;
  return {
    channel: known,
    offers: read.filter((one): one is Offer => one !== undefined && 'sums' in one),
    withdrawn: read.filter((one): one is Withdrawn => one !== undefined && 'reason' in one),
    written: Number(written),
    expires: Number(expires),
  };
}

function offerIn(line: string): Offer | undefined {
  const [, product, version, percent, sums, bytes] =
    /^release (\S+) ([\d.]+) (\d{1,2}|100) ([\da-f]{64}) (\d{1,15})$/.exec(line) ?? [];
  if (product === undefined || version === undefined || sums === undefined) return undefined;
  return { product, version, percent: Number(percent), sums, bytes: Number(bytes) };
}

function withdrawnIn(line: string): Withdrawn | undefined {
  const [, product, version, reason] = /^withdrawn (\S+) ([\d.]+) (.+)$/.exec(line) ?? [];
  return product === undefined || version === undefined || reason === undefined
    ? undefined
    : { product, version, reason };
}
