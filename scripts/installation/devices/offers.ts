import { type Dump, isAt, judge, type KnownComputer, roommates, type Verdict } from '../../hardware/index.ts';
import type { Disk } from '../computer/computer.ts';

/** A device that guests could have from the start on. */
export interface Offer {
  /** Of its main function: `0000:01:00.0`. */
  readonly address: string;
  readonly name: string;
  /** By these the kernel knows it, and all that goes with it: `10de:2684`. */
  readonly ids: readonly string[];
  /** A profile of this very computer hands it over. */
  readonly isUsual: boolean;
  /** What it costs, one line each; empty where the host loses the device alone. */
  readonly price: readonly string[];
}

export interface Offers {
  readonly offers: readonly Offer[];
  /** What stays with the host, and why. */
  readonly staying: readonly { readonly name: string; readonly reasons: readonly string[] }[];
  /** What is to be changed in the firmware before anything, or more, can be handed over. */
  readonly changes: readonly string[];
}

type Card = Verdict['cards'][number];
type PciFunction = Dump['functions'][number];

/** What of a computer can be handed to guests when its system is on `disk`. `known`: what a profile says of it. */
export function offersOf(seen: Dump, disk: Pick<Disk, 'links'>, known?: KnownComputer): Offers {
  const dump = installedOn(seen, disk);
  const { cards, changes } = judge(dump);
  const judged = cards
    .filter(({ card }) => card.main.driver !== 'vfio-pci')
    .map((one) => ({ one, going: goingWith(one, dump), why: whyNot(one, dump) }));
  return {
    changes,
    offers: judged.flatMap(({ one, going, why }) => (why === undefined ? [offerOf(one, going, dump, known)] : [])),
    staying: judged.flatMap(({ one, why }) => (why === undefined ? [] : [{ name: one.name, reasons: why }])),
  };
}

/** What the host can lose altogether. */
export type Loss = 'noScreen' | 'noNetwork';

/** What the host has none of any more when all of these are with guests. */
export function hostLoses({ functions }: Pick<Dump, 'functions'>, chosen: readonly Offer[]): readonly Loss[] {
  const allGo = (isOne: (code: string) => boolean): boolean => {
    const all = functions.filter((one) => isOne(one.class));
    return all.length > 0 && all.every(({ id }) => chosen.some(({ ids }) => ids.includes(id)));
  };
  return [
    // Those of class 0302 have no outputs.
    ...(allGo((code) => code.startsWith('03') && !code.startsWith('0302')) ? (['noScreen'] as const) : []),
    ...(allGo((code) => code.startsWith('0200')) ? (['noNetwork'] as const) : []),
  ];
}

/** The medium is gone by then, and the host is on the disk that was chosen. */
function installedOn(dump: Dump, { links }: Pick<Disk, 'links'>): Dump {
  const controllers = links.flatMap(
    (link) => /pci-([0-9a-f]{4,5}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])/.exec(link)?.[1] ?? [],
  );
  const functions = dump.functions.map((one) => ({
    ...one,
    uses: [
      ...one.uses.filter((use) => use !== 'system-disk'),
      ...(controllers.includes(one.address) ? (['system-disk'] as const) : []),
    ],
  }));
  return { ...dump, functions };
}

function goingWith({ card, answer }: Card, dump: Dump): readonly PciFunction[] {
  return answer === 'together' ? [...card.functions, ...roommates(card, dump).busy] : card.functions;
}

/** The kernel is told kinds of devices: another one of the same kind goes along. */
function ofTheSameKind(going: readonly PciFunction[], { functions }: Dump): readonly PciFunction[] {
  return functions.filter((other) => !going.includes(other) && going.some(({ id }) => id === other.id));
}

function whyNot(one: Card, dump: Dump): readonly string[] | undefined {
  if (one.answer === 'no') return one.reasons;
  if (one.answer === 'unknown') return ['its IOMMU group is not told'];
  const needed = ofTheSameKind(goingWith(one, dump), dump).find(
    ({ uses }) => uses.includes('system-disk') || uses.includes('network'),
  );
  return needed && [`${needed.address} is of the same kind, and the host needs it`];
}

function offerOf(one: Card, going: readonly PciFunction[], dump: Dump, known?: KnownComputer): Offer {
  const others = ofTheSameKind(going, dump).map(({ address, uses }) =>
    uses.length === 0 ? address : `${address} (the host's ${uses.join(' and ')})`,
  );
  return {
    address: one.card.main.address,
    name: one.name,
    isUsual: known?.guests.some((place) => isAt(place, one.card.main)) === true,
    ids: [...new Set(going.map(({ id }) => id))],
    price: [
      ...one.reasons,
      ...(others.length > 0 ? [`of the same kind, so that it goes, too: ${others.join(', ')}`] : []),
    ],
  };
}
