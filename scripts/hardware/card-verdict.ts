import { type Card, cardsOf, isGraphics, roommates } from './cards.ts';
import { type Dump, isBridge, type PciFunction } from './dump.ts';
import { whereIs } from './firmware-menus.ts';
import { kindOf, nameOf } from './names.ts';

/** Whether a guest can have a device. */
export interface CardVerdict {
  readonly card: Card;
  readonly name: string;
  /**
   * `yes`; `price`: the host or the guest loses something; `together`: only with others, to one guest; `no`; `unknown`: its
   * IOMMU group is not told.
   */
  readonly answer: 'yes' | 'price' | 'together' | 'no' | 'unknown';
  /** Why, or at which price; one line each. */
  readonly reasons: readonly string[];
  /** It is the sharing of its IOMMU group that decides. */
  readonly isShared: boolean;
}

/** Asks for each device that one might want in a guest. A device whose group is not told can only be named its price. */
export function judgeCards(dump: Dump): readonly CardVerdict[] {
  const cards = cardsOf(dump);
  return cards.map((card) => {
    const others = roommates(card, dump).busy;
    const going = [...card.functions, ...others];
    const prices = [...hostPrices(going, cards, dump), ...guestPrices(card, dump)];
    const { answer, reasons } = decide(card, others, prices);
    // The whole group goes: what each function costs is told, whatever the answer. What keeps it here is told already.
    const told = answer === 'no' ? hostPrices(going, cards, dump, isNeededByHost) : prices;
    return {
      card,
      name: cardName(card),
      answer,
      isShared: others.length > 0,
      reasons: [...reasons, ...told, ...(answer === 'no' ? [] : remarks(card, dump))],
    };
  });
}

export function cardName({ main, functions }: Card): string {
  const parts = functions.filter((one) => one !== main).map((one) => kindOf(one));
  return parts.length === 0 ? nameOf(main) : `${nameOf(main)} with its ${[...new Set(parts)].join(' and ')}`;
}

function decide(
  card: Card,
  others: readonly PciFunction[],
  prices: readonly string[],
): Pick<CardVerdict, 'answer' | 'reasons'> {
  const group = card.main.group ?? others[0]?.group;
  const own = card.functions.find(isNeededByHost);
  if (others.length > 0) {
    const list = others.map((other) => `${other.address} ${nameOf(other)}`).join(', ');
    if (own) return { answer: 'no', reasons: [`${whyNeeded(own)}, and IOMMU group ${group} holds more: ${list}`] };
    const keepers = others.filter(isNeededByHost);
    if (keepers.length === 0) {
      return { answer: 'together', reasons: [`all of IOMMU group ${group} goes to the same guest: ${list}`] };
    }
    const why = keepers.map((keeper) => `${keeper.address} ${nameOf(keeper)}: ${whyNeeded(keeper)}`).join('; ');
    const advice = 'in another slot, best one of the processor and not of the chipset, it may have a group of its own';
    return {
      answer: 'no',
      reasons: [
        `it shares IOMMU group ${group} with what the host needs (${why})`,
        ...(isGraphics(card.main) ? [advice] : []),
      ],
    };
  }
  if (card.functions.some(({ uses }) => uses.includes('system-disk'))) {
    return { answer: 'no', reasons: ['the host itself is on it: disks, or what it was started from'] };
  }
  if (card.main.group === undefined) return { answer: 'unknown', reasons: [] };
  return { answer: prices.length > 0 ? 'price' : 'yes', reasons: [] };
}

/** Parts of the chipset that the host cannot do without, and what the running system uses. */
function isNeededByHost(device: PciFunction): boolean {
  return isChipset(device) || device.uses.includes('system-disk') || device.uses.includes('network');
}

const isChipset = (device: PciFunction): boolean => isBridge(device) || device.class.startsWith('0c05');

function whyNeeded(device: PciFunction): string {
  if (isChipset(device)) return 'a part of the chipset';
  return device.uses.includes('system-disk') ? 'the host is on it' : 'the host is on the network through it';
}

/** What the host loses with these functions, but for what `isTold`; each is named where it is not the card's main one. */
function hostPrices(
  going: readonly PciFunction[],
  cards: readonly Card[],
  dump: Dump,
  isTold: (one: PciFunction) => boolean = () => false,
): readonly string[] {
  const staying = cards.filter(({ main }) => !going.includes(main));
  const [first] = going;
  return going.flatMap((one) => {
    if (isTold(one)) return [];
    const it = one === first ? 'it' : `${one.address} ${nameOf(one)}`;
    return [
      ...(one.uses.includes('network') ? [networkPrice(it, one, staying)] : []),
      ...(one.uses.includes('keyboard') ? [`the keyboard hangs on ${it}: the host is then run over the network`] : []),
      ...(isGraphics(one) ? screenPrice(it, one, staying, dump) : []),
    ];
  });
}

function screenPrice(it: string, one: PciFunction, staying: readonly Card[], dump: Dump): readonly string[] {
  const others = staying.filter((other) => isGraphics(other.main));
  if (others.length === 0 && dump.unknown.includes('others')) {
    return [`if there is no other graphics card, the host stays without a screen`];
  }
  if (others.length === 0) {
    return [
      `${it} is the only graphics card: the host stays without a screen (component \`gpu-only-one\`, and SSH at hand)`,
    ];
  }
  if (!one.isBootScreen && !one.uses.includes('screen')) return [];
  const isScreenless = others.every(({ main }) => main.class.startsWith('0302'));
  if (isScreenless) {
    return [`the host draws on ${it}, and the other graphics has no screen outputs: the host stays without a screen`];
  }
  const way = `let the other one draw: plug the screen in there, and ${whereIs('first-screen', dump)}`;
  return [`the host draws on ${it}. To give it away, ${way}`];
}

function networkPrice(it: string, { virtualFunctions }: PciFunction, staying: readonly Card[]): string {
  const another = staying.find(({ main }) => /^02(?!80)/.test(main.class));
  const way = another ? `move it to ${another.main.address} first` : 'it has no other card';
  const instead =
    virtualFunctions > 0
      ? `; its virtual functions (up to ${virtualFunctions}) can be handed over while the host keeps it`
      : '';
  return `the host is on the network through ${it}: ${way}${instead}`;
}

function guestPrices({ main }: Card, { unknown }: Dump): readonly string[] {
  const isAmdGraphics = isGraphics(main) && main.id.startsWith('1002');
  return [
    ...(main.reset.length === 0 && !unknown.includes('resets')
      ? ['nothing can reset it: a guest gets it once, and again only after the computer was restarted']
      : []),
    ...(isAmdGraphics && main.reset.length > 0 && !main.reset.includes('flr') && !main.reset.includes('device_specific')
      ? ['only its bus can reset it: many AMD cards before the RX 6000 do not come back from that a second time']
      : []),
    ...(main.class.startsWith('0302')
      ? [
          'it drives no screen by itself, as in most laptops: the guest shows its picture through the host (Looking Glass) or the network',
        ]
      : []),
    ...(isGraphics(main) && main.behind === undefined && main.id.startsWith('8086')
      ? [
          'processor graphics uses the host’s memory and may need its own ROM in the guest; test it before you count on it',
        ]
      : []),
  ];
}

/** What is good to know and takes nothing away. */
function remarks(card: Card, dump: Dump): readonly string[] {
  const { main } = card;
  const virtual = main.virtualFunctions;
  const { busy, idle } = roommates(card, dump);
  const idleRemark =
    idle.length === 0 || busy.length > 0
      ? []
      : [
          `in its group is also ${idle.map((other) => `${other.address} ${nameOf(other)}`).join(', ')}, which no driver uses: it stays`,
        ];
  return [
    ...(virtual > 0 && !main.uses.includes('network')
      ? [`it makes up to ${virtual} virtual functions, one for each of as many guests (SR-IOV)`]
      : []),
    ...(main.mediated.length > 0
      ? [`its driver divides it for guests: ${main.mediated.join(', ')} (mediated devices)`]
      : []),
    ...idleRemark,
    ...(main.driver === 'vfio-pci' ? ['vfio-pci has it already'] : []),
    ...(main.class.startsWith('0c03') &&
    dump.functions.filter(({ class: code }) => code.startsWith('0c03')).length === 1
      ? ['it is the only USB controller: single USB devices can be handed over one by one instead']
      : []),
  ];
}
