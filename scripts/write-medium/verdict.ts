import { type Diagnostic, displayCommand, exactSize } from '../diagnostic/index.ts';
import { type BlockDevice, withDescendants } from './block-devices.ts';
import { isMountOf, mountOf, type Uses } from './mounts.ts';

/** What is known of this computer when a disk is judged. */
export interface Surroundings {
  readonly devices: readonly BlockDevice[];
  readonly uses: Uses;
  /** Paths without links that must stay what they are: the system's, cache, images. */
  readonly kept: readonly string[];
  /** Kernel names of cards in a slot for SD cards, which the kernel does not call removable. */
  readonly cards: ReadonlySet<string>;
}

export interface Wanted {
  /** Without links: `/dev/sdb`. */
  readonly path: string;
  /** Whether the command line names this disk a second time, as one that stays in its computer. */
  readonly alsoFixed: boolean;
}

/** What is to be written, as far as a disk must fit it. */
export interface Demand {
  readonly bytes: number;
  /** The sectors that its partition table counts in; absent where it does not tell. */
  readonly sectorBytes?: number;
}

/** Everything that speaks against writing to a disk; empty when it may be written to. */
export function refusals(wanted: Wanted, surroundings: Surroundings): readonly Diagnostic[] {
  const device = find(wanted.path, surroundings.devices);
  if (device === undefined) return [refuse('unknown-disk', `${wanted.path}: lsblk does not list this device`)];
  const kind = wrongKind(device, surroundings.devices);
  if (kind !== undefined) return [kind];
  const ofSystem = systemRefusals(device, surroundings);
  // Advice on how to free it would be bad advice.
  if (ofSystem.length > 0) return ofSystem;
  return [
    ...useRefusals(device, surroundings),
    ...(device.isReadOnly
      ? [
          refuse(
            'disk-read-only',
            `${device.path} can only be read`,
            'Many cards and some sticks have a small switch for that.',
          ),
        ]
      : []),
    ...(wanted.alsoFixed || isRemovable(device, surroundings) ? [] : [notRemovable(device)]),
  ];
}

/** What speaks against this image on that disk. */
export function misfits(device: BlockDevice, demand: Demand): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (device.bytes < demand.bytes) {
    const sizes = `the image is ${exactSize(demand.bytes)}, and ${device.path} ${exactSize(device.bytes)}`;
    found.push(refuse('disk-too-small', `${sizes}: too small`, 'Take a larger one.'));
  }
  if (demand.sectorBytes !== undefined && demand.sectorBytes !== device.sectorBytes) {
    found.push(
      refuse(
        'other-sectors',
        `${device.path} has sectors of ${device.sectorBytes} bytes, and the image counts in sectors of ${demand.sectorBytes}: nothing would find its partitions`,
        `Take a disk with sectors of ${demand.sectorBytes} bytes, as nearly all sticks have.`,
      ),
    );
  }
  return found;
}

/** The device of that path, wherever it is in the tree. */
export function find(path: string, devices: readonly BlockDevice[]): BlockDevice | undefined {
  return devices.flatMap(withDescendants).find((device) => device.path === path);
}

/**
 * Ports of SATA that allow changing disks call what is behind them removable, and soldered memory cards are in the same
 * kind of slot as those that come out: neither word of the kernel alone is enough.
 */
function isRemovable(device: BlockDevice, { cards }: Surroundings): boolean {
  return device.bus === 'usb' || cards.has(device.name) || (device.saysRemovable && ['', 'mmc'].includes(device.bus));
}

function notRemovable(device: BlockDevice): Diagnostic {
  const where = device.type === 'loop' ? 'is a file that is used as a disk' : 'is no USB stick, card or USB disk';
  return refuse(
    'disk-not-removable',
    `${device.path} ${where}: it may be what this computer works from`,
    `If it is the one that you mean: --also-fixed ${displayCommand([device.path])}`,
  );
}

const kindsInWords: Readonly<Record<string, string>> = {
  rom: 'a CD drive, which this program does not write to',
  lvm: 'a volume of LVM, and no disk',
  crypt: 'the open side of an encrypted disk, and no disk itself',
  mpath: 'one disk by several ways, which this program does not write to',
};

function wrongKind(device: BlockDevice, devices: readonly BlockDevice[]): Diagnostic | undefined {
  if (device.type === 'part') {
    const disk = devices.find((one) => withDescendants(one).includes(device));
    const whole = disk === undefined ? '' : ` of ${disk.path}`;
    return refuse(
      'partition-no-disk',
      `${device.path} is a partition${whole}: an image is written to a whole disk`,
      disk && `The disk is ${disk.path}. All that is on it is lost.`,
    );
  }
  if (device.type !== 'disk' && device.type !== 'loop') {
    const what = kindsInWords[device.type] ?? `made of other disks (${device.type}), and no disk`;
    return refuse('no-disk', `${device.path} is ${what}`);
  }
  if (device.bytes > 0) return undefined;
  return refuse('no-medium', `there is nothing in ${device.path}`, 'Put a card or stick into it.');
}

function systemRefusals(device: BlockDevice, { uses, kept }: Surroundings): readonly Diagnostic[] {
  const own = withDescendants(device);
  const lying = kept.filter((path) => {
    const mount = mountOf(path, uses);
    return mount !== undefined && own.some((one) => isMountOf(mount, one));
  });
  return lying.length === 0
    ? []
    : [
        refuse(
          'disk-of-system',
          `${device.path} is in use by this system: ${lying.join(', ')} ${lying.length === 1 ? 'lies' : 'lie'} on it`,
        ),
      ];
}

function useRefusals(device: BlockDevice, { uses }: Surroundings): readonly Diagnostic[] {
  const own = withDescendants(device);
  const mounted = own.flatMap((one) =>
    uses.mounts.filter((mount) => isMountOf(mount, one)).map(({ at }) => ({ path: one.path, at })),
  );
  const swaps = own.filter((one) => uses.swaps.includes(one.path));
  const holders = own.slice(1).filter(({ type }) => type !== 'part');
  const found: Diagnostic[] = [];
  if (mounted.length > 0) {
    const places = mounted.map(({ path, at }) => `${path} at ${at}`).join(', ');
    const off = [...new Set(mounted.map(({ path }) => path))];
    found.push(
      refuse(
        'disk-mounted',
        `${device.path} is mounted: ${places}`,
        `If you do not need it: sudo umount ${displayCommand(off)}`,
      ),
    );
  }
  if (swaps.length > 0) {
    const names = swaps.map(({ path }) => path).join(', ');
    found.push(refuse('disk-is-swap', `memory is swapped to ${names}`, `If you do not need it: sudo swapoff ${names}`));
  }
  if (holders.length > 0) {
    const names = [...new Set(holders.map(({ path, type }) => `${path} (${type})`))].join(', ');
    found.push(refuse('disk-held', `${device.path} is part of ${names}`, 'Turn that off first, or take another disk.'));
  }
  return found;
}

function refuse(code: string, message: string, hint?: string): Diagnostic {
  return { code, severity: 'error', message, ...(hint !== undefined && { hint }) };
}
