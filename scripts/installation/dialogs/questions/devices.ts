import { type Dump, isSameComputer, type KnownComputer } from '../../../hardware/index.ts';
import { hostLoses, type Loss, type Offer, type Offers, offersOf } from '../../devices/offers.ts';
import { answer, back, type Item, type Reply, type Screen } from '../screen.ts';
import type { Question } from '../walk.ts';
import type { Words } from '../words/en.ts';

/** Which devices guests have from the start on, each with what it costs. */
export const devices: Question = (draft, screen, { medium, dump }) => {
  const { devices: before, ...others } = draft;
  // Without it nothing is there that takes a device before the host's own driver does.
  const seen = medium.components.includes('vfio') ? dump() : undefined;
  if (seen === undefined || draft.disk === undefined) return { kind: 'skipped', value: others };
  const computer = medium.computers.find(({ names }) => isSameComputer(names, seen));
  const found = offersOf(seen, draft.disk, computer);
  if (found.offers.length === 0) {
    if (found.changes.length === 0) return { kind: 'skipped', value: others };
    const { title, none } = screen.words.devices;
    const told = screen.tell(title, `${none}${list(found.changes)}`);
    return told.kind === 'answer' ? answer(others) : told;
  }
  const chosen = choose(screen, found, before ?? found.offers.filter(({ isUsual }) => isUsual), seen, computer);
  return chosen.kind === 'answer' ? answer({ ...others, devices: chosen.value }) : chosen;
};

function choose(
  screen: Screen,
  found: Offers,
  before: readonly Offer[],
  seen: Dump,
  computer: KnownComputer | undefined,
): Reply<readonly Offer[]> {
  const { offers, staying } = found;
  const words = screen.words.devices;
  let chosen = offers.filter(({ address }) => before.some((one) => one.address === address));
  for (let last = 'done'; ; ) {
    const next = screen.menu(
      words.title,
      words.text,
      [
        ['done', words.done(chosen.length)],
        ...offers.map((one): Item => [one.address, `[${chosen.includes(one) ? '*' : ' '}] ${nameOf(one)}`]),
        ...(staying.length > 0 ? [['staying', words.staying] as const] : []),
        ...(computer === undefined ? [] : [['computer', words.computer(computer.summary)] as const]),
      ],
      { initial: last },
    );
    if (next.kind !== 'answer') return next;
    last = next.value;
    if (last === 'done') {
      const agreed = isAgreed(screen, hostLoses(seen, chosen));
      if (agreed.kind === 'stop') return agreed;
      if (agreed.kind === 'answer' && agreed.value) return answer(chosen);
      continue;
    }
    const offer = offers.find(({ address }) => address === last);
    if (offer === undefined) {
      const text = last === 'computer' && computer !== undefined ? about(computer, words) : reasonsOf(staying);
      const told = screen.tell(words.title, text);
      if (told.kind === 'stop') return told;
      continue;
    }
    const wanted = isWanted(screen, offer, chosen.includes(offer));
    if (wanted.kind === 'stop') return wanted;
    if (wanted.kind === 'back') continue;
    chosen = offers.filter((one) => (one === offer ? wanted.value : chosen.includes(one)));
  }
}

function isAgreed(screen: Screen, losses: readonly Loss[]): Reply<boolean> {
  if (losses.length === 0) return answer(true);
  const words = screen.words.devices;
  return screen.yes(words.title, `${losses.map((one) => words[one]).join('\n')}\n\n${words.allTheSame}`, {
    initial: false,
  });
}

function isWanted(screen: Screen, offer: Offer, isChosen: boolean): Reply<boolean> {
  const words = screen.words.devices;
  const price = offer.price.length === 0 ? words.costsNothing : `${words.costs}${list(offer.price)}`;
  const told = screen.tell(words.title, `${nameOf(offer)}\n\n${price}`);
  if (told.kind !== 'answer') return told.kind === 'stop' ? told : back;
  return screen.yes(words.title, `${words.wanted}\n\n${nameOf(offer)}`, { initial: isChosen });
}

const reasonsOf = (staying: Offers['staying']): string =>
  staying.map(({ name, reasons }) => `${name}${list(reasons)}`).join('\n\n');

function about({ name, summary, settings }: KnownComputer, words: Words['devices']): string {
  const set = settings.length === 0 ? '' : `\n\n${words.settings}${list(settings)}`;
  return `${summary}\n\n${words.known(name)}${set}`;
}

const nameOf = ({ address, name }: Offer): string => `${name} (${address.replace(/^0000:/, '')})`;
const list = (lines: readonly string[]): string => lines.map((line) => `\n- ${line}`).join('');
