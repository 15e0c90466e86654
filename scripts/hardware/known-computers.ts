import { type HardwareFile, list, readHardware } from '../flavour/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import type { Dump } from './dump.ts';
import { isSameComputer, type KnownComputer } from './same-computer.ts';

/** The profile that describes this very computer, by the names that its firmware gives; undefined where there is none. */
export function profileFor(dump: Dump, directories: readonly SourceDirectory[]): HardwareFile | undefined {
  return profilesOf(directories).find(({ computer }) => computer !== undefined && isSameComputer(computer, dump));
}

/** What all profiles say of computers that are known by their names. */
export function knownComputers(directories: readonly SourceDirectory[]): readonly KnownComputer[] {
  return profilesOf(directories).flatMap(({ hardware, summary, computer, devices = [], firmwareSettings = [] }) =>
    computer === undefined
      ? []
      : [
          {
            name: hardware,
            summary,
            names: computer,
            guests: devices
              .filter(({ handOver }) => handOver === 'at-boot')
              .map(({ id, address, slot }) => ({
                ...(id && { id }),
                ...(address && { address }),
                ...(slot && { slot }),
              })),
            settings: firmwareSettings.map(({ name, menu, value, reason }) =>
              [
                menu === undefined ? '' : `${menu}: `,
                `${name}: ${value}`,
                reason === undefined ? '' : `, as ${reason}`,
              ].join(''),
            ),
          },
        ],
  );
}

function profilesOf(directories: readonly SourceDirectory[]): readonly HardwareFile[] {
  return list('hardware', directories).flatMap(({ name }) => readHardware(name, directories).data ?? []);
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
