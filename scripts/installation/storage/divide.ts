import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Disk } from '../computer/computer.ts';
import { finding } from './finding.ts';
import type { DiskLayout, Partition, PartitionType } from './layout.ts';
import { shareSpace } from './sizes.ts';
import type { Wanted } from './wanted.ts';

/** At the start of a GPT disk for alignment, and at its end for the second table. */
const tableMiB = 2;

export interface Divided {
  readonly layout: DiskLayout;
  /** Each partition with what it was made for. */
  readonly partitions: readonly { readonly wanted: Wanted; readonly partition: Partition }[];
}

/** Gives each partition of a disk its number, size and identifiers. */
export function divide(
  disk: Disk,
  wanted: readonly Wanted[],
  newUuid: () => string,
): Divided | { readonly finding: Diagnostic } {
  const spaceMiB = Math.floor(disk.sizeBytes / 1024 ** 2) - tableMiB;
  const sharers = wanted.map(({ sizeMiB, grows, maximumMiB }) => ({
    sizeMiB: sizeMiB ?? (grows ? 1 : 0),
    grows,
    ...(maximumMiB !== undefined && { maximumMiB }),
  }));
  const sizes = shareSpace(sharers, spaceMiB);
  if (sizes === undefined) {
    const sum = sharers.reduce((total, { sizeMiB }) => total + sizeMiB, 0);
    return {
      finding: finding(
        wanted.at(-1),
        `${disk.name} is too small: its partitions take ${sum} MiB, and it has ${spaceMiB}`,
      ),
    };
  }
  const empty = wanted.find((_, index) => (sizes[index] ?? 0) < 1);
  if (empty !== undefined)
    return { finding: finding(empty, `${empty.place} has no size`, 'Say --size=MIB, --grow, or both.') };
  const partitions = wanted.map((one, index) => ({
    wanted: one,
    partition: {
      number: index + 1,
      device: `/dev/${disk.name}${/\d$/.test(disk.name) ? 'p' : ''}${index + 1}`,
      type: typeOf(one),
      uuid: newUuid(),
      name: one.label ?? nameOf(one),
      sizeMiB: sizes[index] ?? 0,
    },
  }));
  return { partitions, layout: { disk, uuid: newUuid(), partitions: partitions.map(({ partition }) => partition) } };
}

function typeOf({ role, passphrase, place }: Wanted): PartitionType {
  if (passphrase !== undefined) return 'luks';
  if (role === 'physical-volume') return 'lvm';
  if (role !== 'file-system') return role;
  return place === '/' ? 'root' : 'linux';
}

function nameOf({ place }: Wanted): string {
  if (place === '/') return 'phyllome';
  return place === '/boot/efi' ? 'esp' : (place.split('/').at(-1) ?? '');
}
