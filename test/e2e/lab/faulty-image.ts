import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { toolsTree } from './environment.ts';

/**
 * A copy of a live ISO whose boot loader starts the first entry at once, with its kernel line changed: the cheapest way
 * to have an image with a fault.
 */
export async function imageWithKernelLine(
  image: string,
  directory: string,
  change: (kernelLine: string) => string,
): Promise<string> {
  const runner = new SystemRunner();
  const configuration = path.join(directory, 'grub.cfg');
  const faulty = path.join(directory, 'faulty.iso');
  const xorriso = (argv: string[]) =>
    runner.run({ argv: inToolsTree(toolsTree(), ['xorriso', ...argv], { read: [image], write: [directory] }) });
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
