import { mkdtemp, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { toolsTree } from '../lab/environment.ts';
import { copyOf } from './disks.ts';

/** What of a disk a firmware would start. */
export interface Startable {
  /** The words of a disk that is not finished are in its boot sector, or another program, or nothing. */
  readonly bios: 'words' | 'loader' | 'nothing';
  /** Loaders on the EFI system partition, at the path that any firmware looks at. */
  readonly uefi: boolean;
}

/** The EFI system partition of `autopart` and `reqpart`: behind the table and 1 MiB for GRUB. */
const espOffset = '2M';
const bootCodeBytes = 440;

/** Looks at a disk as it was left, at that file of QEMU's. */
export async function startable(qcow2: string): Promise<Startable> {
  const directory = await mkdtemp(path.join(path.dirname(qcow2), 'look-'));
  try {
    const raw = await copyOf(qcow2, path.join(directory, 'disk.raw'));
    const argv = ['mdir', '-/', '-b', '-i', `${raw}@@${espOffset}`, '::'] as const;
    const listed = await new SystemRunner().run(
      { argv: inToolsTree(toolsTree(), argv, { write: [directory] }) },
      {
        allowFailure: true,
      },
    );
    return {
      bios: judge(await bootCode(raw)),
      // Of a partition that has no file system yet nothing can be listed.
      uefi: listed.exitCode === 0 && /EFI\/BOOT\/BOOTX64\.EFI$/im.test(listed.stdout),
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function bootCode(raw: string): Promise<Buffer> {
  const handle = await open(raw, 'r');
  try {
    const code = Buffer.alloc(bootCodeBytes);
    await handle.read(code, 0, bootCodeBytes, 0);
    return code;
  } finally {
    await handle.close();
  }
}

/** GRUB keeps the bytes from 3 to 90 of what was there before, where older disks describe themselves: words alone say nothing. */
function judge(code: Buffer): Startable['bios'] {
  if (code.every((byte) => byte === 0)) return 'nothing';
  const isOurs = code.readUInt16BE(0) === 0x31c0;
  return isOurs && code.includes('installation that was not finished') ? 'words' : 'loader';
}
