import type { Format } from './layer.ts';
import { cpio, tar } from './layers/archives.ts';
import { btrfs } from './layers/btrfs.ts';
import { ext4 } from './layers/ext4.ts';
import { fat } from './layers/fat.ts';
import { gpt } from './layers/gpt.ts';
import { iso9660 } from './layers/iso9660.ts';
import { gzip, qcow2, zstd } from './layers/packed.ts';
import { squashfs } from './layers/squashfs.ts';
import { xfs } from './layers/xfs.ts';

/** The first that recognises something opens it: an ISO may have a table of partitions as well. */
export const formats: readonly Format[] = [qcow2, iso9660, gpt, ext4, xfs, btrfs, fat, squashfs, cpio, gzip, zstd, tar];
