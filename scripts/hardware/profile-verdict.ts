import type { DeviceEntry, HardwareFile } from '../flavour/index.ts';

const ANSWERS: readonly (readonly [DeviceEntry['handOver'], string])[] = [
  ['at-boot', 'Goes to guests from the start on: the host never touches it'],
  ['on-demand', 'Can be handed to a guest when it starts'],
  ['never', 'Stays with the host'],
];

/** What a profile says about its computer, for people. */
export function profileInWords(profile: HardwareFile): string {
  const {
    devices = [],
    firmwareSettings = [],
    iommuGroups = [],
    quirks = [],
    works = [],
    verified,
    sources = [],
  } = profile;
  const basis = {
    probe: 'Seen on the computer itself, by its probe',
    documentation: 'Written down from public documentation; nobody of this project has had the computer',
    nothing: 'Not verified by anything',
  }[verified.by];
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [
      `${profile.hardware}: ${profile.summary}`,
      [`${basis}${verified.note === undefined ? '' : `. ${oneLine(verified.note)}`}`],
    ],
    ...ANSWERS.map(
      ([handOver, title]) => [title, devices.filter((one) => one.handOver === handOver).flatMap(deviceLines)] as const,
    ),
    [
      'Makes virtual functions',
      (profile.virtualFunctions ?? []).map(({ name, address, count }) => `${address}  ${name}: ${count}`),
    ],
    [
      'To set in the firmware set-up',
      firmwareSettings.map(
        ({ menu, name, value, reason }) => `${menu === undefined ? '' : `${menu} › `}${name}: ${value}; ${reason}`,
      ),
    ],
    [
      'Goes together',
      iommuGroups.map(({ devices: group, note }) => `${group.join(', ')}${note === undefined ? '' : `: ${note}`}`),
    ],
    ['Oddities', quirks.map(({ what, remedy }) => `${what}${remedy === undefined ? '' : `; ${remedy}`}`)],
    ['Kernel arguments', (profile.kernelArguments ?? []).map(({ argument, reason }) => `${argument}: ${reason}`)],
    ['Components it needs', [...microcodeOf(profile), ...(profile.components ?? [])]],
    [
      'Tried',
      works.map(({ what, result, source }) => `${result}: ${what}${source === undefined ? '' : ` (${source})`}`),
    ],
    ['Sources', sources],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.map((line) => `  ${line}`).join('\n')}\n`)
    .join('\n');
}

function deviceLines({ name, address, slot, id, note }: DeviceEntry): readonly string[] {
  const place = address ?? (slot === undefined ? undefined : `${slot}.*`);
  const which = [place, id].filter((part) => part !== undefined).join(' ');
  return [
    `${which === '' ? '' : `${which}  `}${name}`,
    ...(note === undefined
      ? []
      : note
          .trim()
          .split('\n')
          .map((line) => `    ${line}`)),
  ];
}

function microcodeOf({ cpu }: HardwareFile): readonly string[] {
  return cpu.vendor === 'any' || cpu.microcode === false ? [] : [`cpu-${cpu.vendor}`];
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
