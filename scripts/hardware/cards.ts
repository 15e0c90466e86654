import { type Dump, isBridge, type PciFunction, slotOf } from './dump.ts';

/** What one hands over: a function, or several that belong together, such as a graphics card and its sound. */
export interface Card {
  readonly main: PciFunction;
  /** In the order of their addresses; the main one is among them. */
  readonly functions: readonly PciFunction[];
}

/** Classes of devices that a guest may want, the most wanted first. */
const WANTED = ['03', '12', '02', '0108', '0107', '0106', '0104', '0c03', '0403', '0401'];

/** The functions that are part of a graphics card beside the graphics: a second head, sound, USB-C and its controller. */
const COMPANIONS = ['03', '0403', '0c03', '0c80'];

/** The devices of a computer that somebody might want in a guest. */
export function cardsOf({ functions }: Dump): readonly Card[] {
  const wanted = functions.filter((one) => WANTED.some((code) => one.class.startsWith(code)));
  const owned = new Set<PciFunction>();
  const graphics = wanted.filter(isGraphics).flatMap((main) => {
    // A second head, which the first one has.
    if (owned.has(main)) return [];
    const own = graphicsCardFunctions(main, functions);
    for (const one of own) owned.add(one);
    return [{ main, functions: own }];
  });
  const others = wanted
    .filter((one) => !owned.has(one) && !one.isVirtualFunction)
    .map((main) => ({ main, functions: [main] }));
  return [...graphics, ...others].sort((a, b) => rank(a) - rank(b));
}

export const isGraphics = ({ class: code }: PciFunction): boolean => code.startsWith('03');

/**
 * What belongs to the graphics card of `main`, in the order of the addresses. The host decides by the same rule, in
 * overlays/graphics-cards/rootfs/usr/lib/phyllome/graphics-card.sh.
 */
function graphicsCardFunctions(main: PciFunction, functions: readonly PciFunction[]): readonly PciFunction[] {
  return functions.filter((other) => other === main || isCompanion(other, main));
}

/** A processor's graphics shares its slot with things that are not its own; a virtual function is a card of its own. */
function isCompanion(other: PciFunction, main: PciFunction): boolean {
  if (slotOf(other.address) !== slotOf(main.address) || isOnRootBus(main)) return false;
  if (other.isVirtualFunction || main.isVirtualFunction) return false;
  // Function 1 is the sound of the screens, whoever made it.
  if (other.class.startsWith('0403') && other.address.endsWith('.1')) return true;
  // A listing may not tell who made them: then it is not this card's, as USB may have the keyboard on it.
  return (
    COMPANIONS.some((code) => other.class.startsWith(code)) && main.id !== '' && vendorOf(other) === vendorOf(main)
  );
}

const vendorOf = ({ id }: PciFunction): string => id.slice(0, 4);
const isOnRootBus = ({ behind }: PciFunction): boolean => behind === undefined;

function rank({ main }: Card): number {
  return WANTED.findIndex((code) => main.class.startsWith(code));
}

/** Who shares the card's IOMMU groups without being part of it. */
export interface Roommates {
  /** Drivers of the host have them, or a guest could want them: they go along, or nothing goes. */
  readonly busy: readonly PciFunction[];
  /** No driver has them and nobody wants them: the kernel lets the rest of the group go. */
  readonly idle: readonly PciFunction[];
}

export function roommates(card: Card, { functions, unknown }: Dump): Roommates {
  const groups = new Set(card.functions.flatMap(({ group }) => group ?? []));
  const others = functions.filter(
    (other) =>
      other.group !== undefined && groups.has(other.group) && !card.functions.includes(other) && !isPort(other),
  );
  // Where drivers are not told, any device may have one.
  const isFree = (other: PciFunction) => isIdle(other) && !unknown.includes('drivers');
  return { busy: others.filter((other) => !isFree(other)), idle: others.filter(isFree) };
}

/** The kernel lets these stay with the host. */
function isPort(other: PciFunction): boolean {
  const isHarmless = other.driver === undefined || other.driver === 'pcieport';
  return isBridge(other) && isHarmless && !other.class.startsWith('0601');
}

function isIdle(other: PciFunction): boolean {
  return other.driver === undefined && !isBridge(other) && !WANTED.some((code) => other.class.startsWith(code));
}
