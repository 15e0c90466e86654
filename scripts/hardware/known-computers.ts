import { type HardwareFile, list, readHardware } from '../flavour/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import type { Dump } from './dump.ts';

/** The profile that describes this very computer, by the names that its firmware gives; undefined where there is none. */
export function profileFor({ computer }: Dump, directories: readonly SourceDirectory[]): HardwareFile | undefined {
  return list('hardware', directories)
    .map(({ name }) => readHardware(name, directories).data)
    .find((profile) => {
      const names = profile?.computer;
      if (!names) return false;
      // ThinkPads tell their model in the version, and a number in the product.
      const product = [computer.product, computer.version];
      return (
        fits(names.vendor, [computer.vendor, computer['board-vendor']]) &&
        fits(names.product, product) &&
        fits(names.board, [computer.board]) &&
        (names.product ?? names.board) !== undefined
      );
    });
}

function fits(wanted: string | undefined, found: readonly (string | undefined)[]): boolean {
  return wanted === undefined || found.some((name) => name?.toLowerCase() === wanted.toLowerCase());
}

/** Where the computer's groups are not what the profile expects: another firmware version, or another card. */
export function unexpectedGroups(profile: HardwareFile, { functions }: Dump): readonly string[] {
  return (profile.iommuGroups ?? []).flatMap(({ devices }) => {
    const found = functions.filter(({ address }) => devices.includes(address));
    const missing = devices.filter((address) => !found.some((one) => one.address === address));
    const groups = new Set(found.map(({ group }) => group));
    const strangers = functions.filter(
      (one) =>
        groups.has(one.group) &&
        one.group !== undefined &&
        !devices.includes(one.address) &&
        !one.class.startsWith('06'),
    );
    return [
      ...(missing.length > 0 ? [`the profile expects ${missing.join(', ')}, and nothing is there`] : []),
      ...(groups.size > 1
        ? [`the profile expects ${devices.join(', ')} in one group, and they are in ${groups.size}`]
        : []),
      ...(strangers.length > 0
        ? [
            `the profile expects ${devices.join(', ')} alone in a group, and ${strangers.map(({ address }) => address).join(', ')} is with them`,
          ]
        : []),
    ];
  });
}
