import { type Dump, isSameComputer, type KnownComputer } from '../../../hardware/index.ts';
import { hostLoses, type Offer, type Offers, offersOf } from '../../devices/offers.ts';
import { answer, back, type Item, type Reply, type Screen } from '../screen.ts';
import type { Question } from '../walk.ts';

const title = 'Devices';

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
    const told = screen.tell(
      title,
      `No device can be handed to guests now. To change in the firmware:${list(found.changes)}`,
    );
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
  let chosen = offers.filter(({ address }) => before.some((one) => one.address === address));
  for (let last = 'done'; ; ) {
    const count = `${chosen.length} device${chosen.length === 1 ? '' : 's'}`;
    const next = screen.menu(
      title,
      'Which devices shall guests have, from the start on? The host does not touch them then. Network cards and disks can be handed over later as well, when a guest starts. Enter on a device tells what it costs.',
      [
        ['done', chosen.length === 0 ? 'Go on: the host keeps all' : `Go on with ${count} for guests`],
        ...offers.map((one): Item => [one.address, `[${chosen.includes(one) ? '*' : ' '}] ${nameOf(one)}`]),
        ...(staying.length > 0 ? [['staying', 'What stays with the host, and why'] as const] : []),
        ...(computer === undefined ? [] : [['computer', `About this computer: ${computer.summary}`] as const]),
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
      const text = last === 'computer' && computer !== undefined ? about(computer) : reasonsOf(staying);
      const told = screen.tell(title, text);
      if (told.kind === 'stop') return told;
      continue;
    }
    const wanted = isWanted(screen, offer, chosen.includes(offer));
    if (wanted.kind === 'stop') return wanted;
    if (wanted.kind === 'back') continue;
    chosen = offers.filter((one) => (one === offer ? wanted.value : chosen.includes(one)));
  }
}

function isAgreed(screen: Screen, losses: readonly string[]): Reply<boolean> {
  if (losses.length === 0) return answer(true);
  return screen.yes(title, `${losses.join('\n')}\n\nGo on all the same?`, { initial: false });
}

function isWanted(screen: Screen, offer: Offer, isChosen: boolean): Reply<boolean> {
  const price = offer.price.length === 0 ? ' nothing but the device.' : `:${list(offer.price)}`;
  const told = screen.tell(title, `${nameOf(offer)}\n\nWhat it costs${price}`);
  if (told.kind !== 'answer') return told.kind === 'stop' ? told : back;
  return screen.yes(title, `Shall guests have it?\n\n${nameOf(offer)}`, { initial: isChosen });
}

const reasonsOf = (staying: Offers['staying']): string =>
  staying.map(({ name, reasons }) => `${name}${list(reasons)}`).join('\n\n');

function about({ name, summary, settings }: KnownComputer): string {
  const set = settings.length === 0 ? '' : `\n\nTo be set in its firmware:${list(settings)}`;
  return `${summary}\n\nSomebody described this computer: hardware profile ${name}. What its guests have there is chosen here to begin with.${set}`;
}

const nameOf = ({ address, name }: Offer): string => `${name} (${address.replace(/^0000:/, '')})`;
const list = (lines: readonly string[]): string => lines.map((line) => `\n- ${line}`).join('');
