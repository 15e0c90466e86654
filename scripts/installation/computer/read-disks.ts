import type { Disk, Held } from './computer.ts';

/** What `lsblk` is asked for. */
export const lsblkArguments: readonly string[] = [
  'lsblk',
  '--json',
  '--bytes',
  '--tree',
  '--output',
  'NAME,TYPE,SIZE,LOG-SEC,TRAN,SUBSYSTEMS,MODEL,SERIAL,ROTA,RM,RO,PTTYPE,FSTYPE,LABEL,PARTTYPENAME,MOUNTPOINTS',
];

/** A line for each other name: `/dev/disk/by-id/NAME TARGET`. */
export const linksArguments: readonly string[] = [
  'find',
  '/dev/disk/by-id',
  '/dev/disk/by-path',
  '-type',
  'l',
  '-printf',
  '%p %l\n',
];

/** Memory, floppies and parts of a card that only its firmware uses. */
const notDisks = /^(zram|ram|fd|nbd)\d|^mmcblk\d+(boot|rpmb)/;

/**
 * The disks of a computer.
 * `lsblk`: what `lsblkArguments` printed; `links`: what `linksArguments` printed; `liveSource`: the device that this system
 * was started from, where it was started from one.
 * @throws Error where `lsblk` printed no JSON
 */
export function readDisks(lsblk: string, links: string, liveSource = ''): Disk[] {
  const devices = children(JSON.parse(lsblk), 'blockdevices');
  const names = linksByTarget(links);
  const source = liveSource.replace(/^\/dev\//, '').replace(/\[.*\]$/, '');
  return devices
    .filter((device) => text(device, 'type') === 'disk' && !notDisks.test(text(device, 'name')))
    .filter((device) => number(device, 'size') > 0)
    .map((device) => {
      const name = text(device, 'name');
      const below = descendants(device);
      return {
        name,
        sizeBytes: number(device, 'size'),
        sectorBytes: number(device, 'log-sec') || 512,
        bus: busOf(device),
        model: text(device, 'model'),
        serial: text(device, 'serial'),
        isRotational: flag(device, 'rota'),
        isRemovable: flag(device, 'rm') || text(device, 'tran') === 'usb',
        isReadOnly: flag(device, 'ro'),
        table: text(device, 'pttype'),
        links: names.get(name) ?? [],
        holds: [...(text(device, 'fstype') !== '' || mountPoints(device).length > 0 ? [device] : []), ...below].map(
          held,
        ),
        isMedium: source !== '' && [device, ...below].some((one) => text(one, 'name') === source),
      };
    });
}

type Json = Readonly<Record<string, unknown>>;

function children(value: unknown, name: string): Json[] {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function descendants(device: Json): Json[] {
  return children(device, 'children').flatMap((child) => [child, ...descendants(child)]);
}

function held(device: Json): Held {
  return {
    name: text(device, 'name'),
    kind: text(device, 'type'),
    sizeBytes: number(device, 'size'),
    content: text(device, 'fstype'),
    label: text(device, 'label'),
    partitionType: text(device, 'parttypename'),
    mountPoints: mountPoints(device),
  };
}

function mountPoints(device: Json): string[] {
  const list = device.mountpoints;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

/** Virtio disks have no transport. */
function busOf(device: Json): string {
  const transport = text(device, 'tran');
  if (transport !== '') return transport;
  return /\bvirtio\b/.test(text(device, 'subsystems')) ? 'virtio' : '';
}

/** Makers pad with spaces, and some write what a terminal would take for more than text. */
function text(device: Json, name: string): string {
  const value = device[name];
  return typeof value === 'string' ? value.replace(/\p{Cc}/gu, '').trim() : '';
}

/** Older versions print numbers and flags as text. */
function number(device: Json, name: string): number {
  const value = Number(device[name] ?? 0);
  return Number.isFinite(value) ? value : 0;
}

function flag(device: Json, name: string): boolean {
  return device[name] === true || device[name] === '1' || device[name] === 1;
}

function linksByTarget(links: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const line of links.split('\n')) {
    const [, link, target] = /^\/dev\/(\S+) (?:\S*\/)?([^/\s]+)$/.exec(line) ?? [];
    if (link === undefined || target === undefined) continue;
    names.set(target, [...(names.get(target) ?? []), link].sort());
  }
  return names;
}
