import { createHash } from 'node:crypto';
import { mkdir, open, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { toolsTree } from '../lab/environment.ts';

const mebibyte = 2 ** 20;

async function inTools(script: string, words: readonly string[], write: string): Promise<void> {
  const argv = ['sh', '-euc', script, 'sh', ...words];
  await new SystemRunner().run({ argv: inToolsTree(toolsTree(), argv, { write: [write] }) });
}

/** A disk with something on every mebibyte of it that nobody may lose. */
export async function canaryDisk(directory: string): Promise<string> {
  const file = path.join(directory, 'canary.raw');
  const sizeMiB = 64;
  const handle = await open(file, 'w');
  try {
    for (let index = 0; index < sizeMiB; index += 1) {
      const canary = createHash('sha512').update(`canary ${index}`).digest();
      await handle.write(canary, 0, canary.length, index * mebibyte + 512 * (index % 5));
    }
  } finally {
    await handle.close();
  }
  await truncate(file, sizeMiB * mebibyte);
  return file;
}

/** A disk with nothing on it. */
export async function emptyDisk(directory: string, sizeMiB: number): Promise<string> {
  const file = path.join(directory, `empty-${sizeMiB}.raw`);
  await writeFile(file, '');
  await truncate(file, sizeMiB * mebibyte);
  return file;
}

/** The same as a file of QEMU's. */
export async function emptyQcow2(file: string, sizeMiB: number): Promise<void> {
  await inTools('qemu-img create -q -f qcow2 "$1" "$2M"', [file, String(sizeMiB)], path.dirname(file));
}

/** A disk with an older installation, whose partitions are called as those that are made now. */
export async function olderInstallation(directory: string): Promise<string> {
  const definitions = path.join(directory, 'older.d');
  await mkdir(definitions);
  await mkdir(path.join(directory, 'older-root', 'etc'), { recursive: true });
  await writeFile(path.join(directory, 'older-root', 'etc', 'hostname'), 'older\n');
  const definition = (name: string, lines: readonly string[]) =>
    writeFile(path.join(definitions, name), ['[Partition]', ...lines, ''].join('\n'));
  await definition('10-esp.conf', ['Type=esp', 'Format=vfat', 'SizeMinBytes=64M', 'SizeMaxBytes=64M']);
  await definition('20-root.conf', [
    'Type=root-x86-64',
    'Label=phyllome',
    'Format=ext4',
    'CopyFiles=/older-root:/',
    'SizeMinBytes=128M',
  ]);
  const file = path.join(directory, 'older.raw');
  const script = `export TMPDIR="$1" SYSTEMD_REPART_MKFS_OPTIONS_EXT4='-L phyllome'
exec systemd-repart --empty=create --size=256M --offline=yes --dry-run=no --no-pager --sector-size=512 --definitions="$2" --copy-source="$1" "$3"`;
  await inTools(script, [directory, definitions, file], directory);
  return file;
}

/** A volume OEMDRV with an answer file. */
export async function answerVolume(directory: string, answers: string): Promise<string> {
  const file = path.join(directory, 'oemdrv.raw');
  const text = path.join(directory, 'ks.cfg');
  await writeFile(text, answers);
  await inTools(
    'truncate -s 16M "$1"; mformat -i "$1" -v OEMDRV ::; mcopy -i "$1" "$2" ::ks.cfg',
    [file, text],
    directory,
  );
  return file;
}

/** What a machine that stands still has left of a disk, as a file of its own without QEMU's format. */
export async function copyOf(qcow2: string, raw: string): Promise<string> {
  const argv = ['qemu-img', 'convert', '-U', '-f', 'qcow2', '-O', 'raw', qcow2, raw] as const;
  const access = { read: [qcow2], write: [path.dirname(raw)] };
  await new SystemRunner().run({ argv: inToolsTree(toolsTree(), argv, access) });
  return raw;
}

/** The same as a file of QEMU's that needs no other. */
export async function wholeCopyOf(qcow2: string, holds: string | undefined, copy: string): Promise<void> {
  const argv = ['qemu-img', 'convert', '-U', '-f', 'qcow2', '-O', 'qcow2', qcow2, copy] as const;
  const access = { read: [qcow2, ...(holds === undefined ? [] : [holds])], write: [path.dirname(copy)] };
  await new SystemRunner().run({ argv: inToolsTree(toolsTree(), argv, access) });
}

/** Whether what a machine left of a disk holds what the disk held before, bit for bit, and nothing behind it. */
export async function isUntouched(before: string, after: string, directory: string): Promise<boolean> {
  const argv = ['qemu-img', 'compare', '-U', '-f', 'raw', '-F', 'qcow2', before, after];
  const access = { write: [directory] };
  const ended = await new SystemRunner().run({ argv: inToolsTree(toolsTree(), argv, access) }, { allowFailure: true });
  if (ended.exitCode !== 0 && ended.exitCode !== 1) throw new Error(`${before} and ${after}: ${ended.stderr}`);
  return ended.exitCode === 0;
}

/** A stick without a table, whose one file system has nothing on it yet. */
export async function emptyStick(directory: string): Promise<string> {
  const file = path.join(directory, 'stick.raw');
  await inTools('truncate -s 16M "$1"; mkfs.vfat -n KEEP "$1"', [file], directory);
  return file;
}

/** A file of what a machine left of such a stick. */
export async function fileOnStick(after: string, name: string, directory: string): Promise<string> {
  const script =
    'qemu-img convert -U -f qcow2 -O raw "$1" "$2/stick-after.raw"; mcopy -n -i "$2/stick-after.raw" "::$3" "$2/$3"';
  await inTools(script, [after, directory, name], directory);
  return readFile(path.join(directory, name), 'utf8');
}
