import { chmod, copyFile, open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { toolsTree } from '../lab/environment.ts';

const inTree = (argv: string[], access: { read: string[]; write: string[] }) =>
  new SystemRunner().run({ argv: inToolsTree(toolsTree(), argv, access) });

/**
 * A copy of a live ISO whose boot loader starts the first entry at once, with its kernel line changed: the cheapest way
 * to have an image with a fault.
 */
export async function withKernelLine(
  image: string,
  directory: string,
  change: (kernelLine: string) => string,
): Promise<string> {
  const configuration = path.join(directory, 'grub.cfg');
  const faulty = path.join(directory, 'faulty.iso');
  const xorriso = (argv: string[]) => inTree(['xorriso', ...argv], { read: [image], write: [directory] });
  await xorriso(['-osirrox', 'on', '-indev', image, '-extract', '/boot/grub/grub.cfg', configuration]);
  const text = await readFile(configuration, 'utf8');
  const changed = text.replace(/^(\s*linux\s.*)$/gm, change).replace(/timeout=\d+/g, 'timeout=0');
  if (changed === text) throw new Error(`no kernel line to change in:\n${text}`);
  // xorriso brings files out as they are on the medium: read-only.
  await chmod(configuration, 0o644);
  await writeFile(configuration, changed);
  await copyFile(image, faulty);
  // Appended as a second session: the boot sectors stay as they are.
  await xorriso(['-dev', faulty, '-boot_image', 'any', 'keep', '-update', configuration, '/boot/grub/grub.cfg']);
  return faulty;
}

/** A copy that ends after a part of the original. */
export async function truncated(image: string, directory: string, part: number): Promise<string> {
  const faulty = path.join(directory, 'faulty.iso');
  await copyFile(image, faulty);
  await truncate(faulty, Math.floor(((await stat(image)).size * part) / 2048) * 2048);
  return faulty;
}

/** A copy in which every third 128 KiB of a file are noise, from its second MiB on: its head still says what it is. */
export async function corrupted(image: string, directory: string, file: string): Promise<string> {
  const faulty = path.join(directory, 'faulty.iso');
  await copyFile(image, faulty);
  const { stdout } = await inTree(['xorriso', '-indev', image, '-find', file, '-exec', 'report_lba', '--'], {
    read: [image],
    write: [],
  });
  // File data lba:  0 ,  12345 ,  5678 ,  11628544 , '/boot/initrd.img'
  const [, start, , size] = (/^File data lba:(.*)$/m.exec(stdout)?.[1] ?? '')
    .split(',')
    .map((value) => Number.parseInt(value, 10));
  if (!start || !size) throw new Error(`${file} was not found in ${image}:\n${stdout}`);
  const noise = Buffer.alloc(128 * 1024, 0xa5);
  const handle = await open(faulty, 'r+');
  for (let offset = 2 ** 20; offset + noise.length < size; offset += 3 * noise.length) {
    await handle.write(noise, 0, noise.length, start * 2048 + offset);
  }
  await handle.close();
  return faulty;
}
