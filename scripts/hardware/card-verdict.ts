import { type Card, cardsOf, isGraphics, roommates } from './cards.ts';
import { type Dump, isBridge, type PciFunction } from './dump.ts';
import { whereIs } from './firmware-menus.ts';
import { kindOf, nameOf } from './names.ts';

/** Whether a guest can have a device. */
export interface CardVerdict {
  readonly card: Card;
  readonly name: string;
  /** `yes`; `price`: the host or the guest loses something; `together`: only with others, to one guest; `no`. */
  readonly answer: 'yes' | 'price' | 'together' | 'no';
  /** Why, or at which price; one line each. */
  readonly reasons: readonly string[];
  readonly changes: readonly string[];
}

/** Asks for each device that one might want in a guest. The IOMMU must be on: without groups nothing can be said. */
export function judgeCards(dump: Dump): readonly CardVerdict[] {
  const cards = cardsOf(dump);
  return cards.map((card) => {
    const shared = judgeSharing(card, dump);
    if (shared) return { card, name: cardName(card), changes: [], ...shared };
    const prices = [...hostPrices(card, cards, dump), ...guestPrices(card)];
    const blocking = card.functions.find(({ uses }) => uses.includes('system-disk'));
    if (blocking) {
      const reasons = ['the host itself is on it: disks, or what it was started from'];
      return { card, name: cardName(card), answer: 'no', reasons, changes: [] };
    }
    return {
      ...{ card, name: cardName(card) },
      answer: prices.length > 0 ? 'price' : 'yes',
      reasons: [...prices.map(({ reason }) => reason), ...remarks(card, dump)],
      changes: prices.flatMap(({ change }) => change ?? []),
    };
  });
}

export function cardName({ main, functions }: Card): string {
  const parts = functions.filter((one) => one !== main).map((one) => kindOf(one));
  return parts.length === 0 ? nameOf(main) : `${nameOf(main)} with its ${[...new Set(parts)].join(' and ')}`;
}

function judgeSharing(card: Card, dump: Dump): Pick<CardVerdict, 'answer' | 'reasons'> | undefined {
  const others = roommates(card, dump);
  if (others.length === 0) return undefined;
  const group = card.main.group ?? others[0]?.group;
  const needed = [...others, ...card.functions].filter(isNeededByHost);
  const list = others.map((other) => `${other.address} ${nameOf(other)}`);
  if (needed.length > 0) {
    const keeper = needed[0];
    const why = keeper ? `${keeper.address} ${nameOf(keeper)}: ${whyNeeded(keeper)}` : '';
    return {
      answer: 'no',
      reasons: [
        `it shares IOMMU group ${group} with what the host needs (${why})`,
        ...(card.main.behind === undefined
          ? []
          : ['in another slot, best one of the processor and not of the chipset, it may have a group of its own']),
      ],
    };
  }
  return {
    answer: 'together',
    reasons: [`all of IOMMU group ${group} goes to the same guest: ${list.join(', ')}`],
  };
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

interface Price {
  readonly reason: string;
  readonly change?: string;
}

function hostPrices(card: Card, cards: readonly Card[], dump: Dump): readonly Price[] {
  const uses = new Set(card.functions.flatMap((one) => one.uses));
  const graphics = cards.filter(({ main }) => isGraphics(main));
  const isScreen = isGraphics(card.main) && (card.main.isBootScreen || uses.has('screen'));
  return [
    ...(uses.has('network') ? [{ reason: networkPrice(card, cards) }] : []),
    ...(uses.has('keyboard') ? [{ reason: 'the keyboard hangs on it: the host is then run over the network' }] : []),
    ...(isGraphics(card.main) && graphics.length === 1
      ? [
          {
            reason:
              'it is the only graphics card: the host stays without a screen (component `gpu-only-one`, and SSH at hand)',
          },
        ]
      : []),
    ...(isScreen && graphics.length > 1
      ? [
          {
            reason: 'the firmware and the host draw on it: the other graphics card should do so',
            change: `${whereIs('first-screen', dump)}: the graphics that stays with the host, with the screen plugged into it`,
          },
        ]
      : []),
  ];
}

function networkPrice(card: Card, cards: readonly Card[]): string {
  const isOther = (other: Card) => other !== card && /^02(?!80)/.test(other.main.class);
  const another = cards.find(isOther);
  const way = another ? `move it to ${another.main.address} first` : 'it has no other card';
  const virtual = card.main.virtualFunctions;
  const instead =
    virtual > 0 ? `; its virtual functions (up to ${virtual}) can be handed over while the host keeps it` : '';
  return `the host is on the network through it: ${way}${instead}`;
}

function guestPrices({ main }: Card): readonly Price[] {
  const isAmdGraphics = isGraphics(main) && main.id.startsWith('1002');
  return [
    ...(main.reset.length === 0
      ? [{ reason: 'nothing can reset it: a guest gets it once, and again only after the computer was restarted' }]
      : []),
    ...(isAmdGraphics && main.reset.length > 0 && !main.reset.includes('flr') && !main.reset.includes('device_specific')
      ? [
          {
            reason:
              'only its bus can reset it: many AMD cards before the RX 6000 do not come back from that a second time',
          },
        ]
      : []),
    ...(main.class.startsWith('0302')
      ? [
          {
            reason:
              'it drives no screen by itself, as in most laptops: the guest shows its picture through the host (Looking Glass) or the network',
          },
        ]
      : []),
    ...(isGraphics(main) && main.behind === undefined && main.id.startsWith('8086')
      ? [
          {
            reason:
              'processor graphics uses the host’s memory and may need its own ROM in the guest; test it before you count on it',
          },
        ]
      : []),
  ];
}

/** What is good to know and takes nothing away. */
function remarks({ main }: Card, dump: Dump): readonly string[] {
  const virtual = main.virtualFunctions;
  return [
    ...(virtual > 0 && !main.uses.includes('network')
      ? [`it makes up to ${virtual} virtual functions, one for each of as many guests (SR-IOV)`]
      : []),
    ...(main.mediated.length > 0
      ? [`its driver divides it for guests: ${main.mediated.join(', ')} (mediated devices)`]
      : []),
    ...(main.driver === 'vfio-pci' ? ['vfio-pci has it already'] : []),
    ...(main.class.startsWith('0c03') &&
    dump.functions.filter(({ class: code }) => code.startsWith('0c03')).length === 1
      ? ['it is the only USB controller: single USB devices can be handed over one by one instead']
      : []),
  ];
}
