import { stringify } from 'yaml';
import { type CardVerdict, cardName } from './card-verdict.ts';
import { type Dump, isBridge, type PciFunction, slotOf } from './dump.ts';
import { nameOf } from './names.ts';
import { neededComponents } from './needed-components.ts';
import { computerName, type Verdict } from './verdict.ts';

const KINDS: readonly (readonly [code: string, kind: string])[] = [
  ['03', 'graphics'],
  ['04', 'audio'],
  ['0c03', 'usb'],
  ['0280', 'wireless'],
  ['02', 'network'],
  ['0108', 'nvme'],
  ['0106', 'sata'],
];

interface ProfileDevice {
  readonly name: string;
  readonly kind: string;
  readonly address: string;
  readonly id: string;
  readonly handOver: string;
  readonly note?: string;
}

/** The text of a hardware profile for a computer that was probed. Nothing is handed over until its reader says so. */
export function startingProfile(name: string, dump: Dump, verdict: Verdict, schema: string): string {
  const { computer, processor } = dump;
  const vendor = { AuthenticAMD: 'amd', GenuineIntel: 'intel' }[processor.vendor ?? ''] ?? 'any';
  const isGuest = (processor.flags ?? '').split(' ').includes('hypervisor');
  const names = { vendor: computer.vendor, product: computer.product, board: computer.board };
  const known = Object.fromEntries(
    Object.entries(names).filter(([, value]) => value !== undefined && value.length > 2),
  );
  const devices = verdict.cards.flatMap((one) => devicesOf(one, dump));
  const groups = verdict.cards
    .filter(({ answer }) => answer !== 'no')
    .flatMap(({ card }) => card.functions.flatMap(({ group }) => group ?? []))
    .filter((group, index, all) => all.indexOf(group) === index)
    .map((group) => ({
      devices: dump.functions
        .filter((one) => one.group === group && !one.class.startsWith('06'))
        .map(({ address }) => address),
    }));
  const profile = {
    hardware: name,
    summary: computerName(dump),
    power: powerOf(dump, isGuest),
    ...(Object.keys(known).length > 0 && { computer: known }),
    cpu: {
      vendor,
      ...(processor.name !== undefined && { generation: processor.name }),
      ...(isGuest && { microcode: false }),
    },
    components: neededComponents(dump)
      .map((component) => component.name)
      .filter((component) => component !== `cpu-${vendor}`),
    ...(devices.length > 0 && { devices }),
    ...(groups.length > 0 && { iommuGroups: groups }),
    verified: { by: 'probe' },
  };
  return [
    `# yaml-language-server: $schema=${schema}`,
    '# Written by `phyllome hardware check --write`. Nothing is handed over at boot yet: where a guest is to have a device',
    '# that the host must never touch, such as a graphics card, say `handOver: at-boot`.',
    stringify(profile, { lineWidth: 110 }),
  ].join('\n');
}

/** One entry for a card that is all of its slot; else one for each of its functions, as `*` would name what is not its own. */
function devicesOf({ card, answer, reasons }: CardVerdict, dump: Dump): readonly ProfileDevice[] {
  const { main, functions } = card;
  const handOver = answer === 'no' ? 'never' : 'on-demand';
  const note = reasons.length > 0 ? { note: reasons.join('\n') } : {};
  const slot = slotOf(main.address);
  const isWholeSlot = dump.functions.every(
    (one) => slotOf(one.address) !== slot || isBridge(one) || functions.includes(one),
  );
  if (functions.length === 1 || isWholeSlot) {
    const address = functions.length === 1 ? main.address : `${slot}.*`;
    return [{ name: cardName(card), kind: kindOf(main), address, id: main.id, handOver, ...note }];
  }
  return functions.map((one) => {
    const { address, id } = one;
    if (one === main) return { name: nameOf(one), kind: kindOf(one), address, id, handOver, ...note };
    return { name: `${nameOf(one)}, which goes with ${main.address}`, kind: kindOf(one), address, id, handOver };
  });
}

const kindOf = (device: PciFunction): string => KINDS.find(([code]) => device.class.startsWith(code))?.[1] ?? 'other';

/** By the chassis types of SMBIOS. */
function powerOf({ computer }: Dump, isGuest: boolean): string {
  if (isGuest) return 'virtual';
  const type = Number(computer.chassis ?? 0);
  if (computer.battery === 'yes' || [8, 9, 10, 14, 30, 31, 32].includes(type)) return 'laptop';
  return [17, 23, 28].includes(type) ? 'server' : 'desktop';
}
