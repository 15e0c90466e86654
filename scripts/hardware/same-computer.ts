import { type Dump, type PciFunction, slotOf } from './dump.ts';

/** What a hardware profile says of a computer that somebody has in front of him. Plain and serialisable. */
export interface KnownComputer {
  /** Of the profile. */
  readonly name: string;
  readonly summary: string;
  readonly names: ComputerNames;
  /** What guests have from the start on. */
  readonly guests: readonly DevicePlace[];
  /** What is to be set in its firmware, one line each. */
  readonly settings: readonly string[];
}

/** As the firmware gives them. */
export interface ComputerNames {
  readonly vendor?: string;
  readonly product?: string;
  readonly board?: string;
}

/** Which device a profile means; what is given must be so. */
export interface DevicePlace {
  readonly id?: string;
  readonly address?: string;
  /** `0000:01:00`, or behind a bridge `0000:00:03.1/00`. */
  readonly slot?: string;
}

/** Whether these names are those of the computer. */
export function isSameComputer(names: ComputerNames, { computer }: Dump): boolean {
  // ThinkPads tell their model in the version, and a number in the product.
  const product = [computer.product, computer.version];
  return (
    fits(names.vendor, [computer.vendor, computer['board-vendor']]) &&
    fits(names.product, product) &&
    fits(names.board, [computer.board]) &&
    (names.product ?? names.board) !== undefined
  );
}

function fits(wanted: string | undefined, found: readonly (string | undefined)[]): boolean {
  return wanted === undefined || found.some((name) => name?.toLowerCase() === wanted.toLowerCase());
}

/** Whether a profile means this device. */
export function isAt({ id, address, slot }: DevicePlace, device: PciFunction): boolean {
  if (id === undefined && address === undefined && slot === undefined) return false;
  const slots = [slotOf(device.address), `${device.behind}/${slotOf(device.address).slice(-2)}`];
  return (
    (id === undefined || id === device.id) &&
    (address === undefined || address === device.address) &&
    (slot === undefined || slots.includes(slot))
  );
}
