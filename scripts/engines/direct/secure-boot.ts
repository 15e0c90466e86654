import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bootProgramsOn, fileSource } from '../../bits/index.ts';
import { bootsAs, type OutputId } from '../../outputs/index.ts';
import { readBootProgram, type SignedStart, signedStart } from '../../secure-boot/index.ts';

/**
 * Who signed what UEFI starts of an output, read from what the stages left: the ISO, or the disk that all disk images are made of.
 * The kernel is that of the initramfs stage where it lies in a file system that firmware does not read.
 */
export function ofSecureBoot(
  output: OutputId,
  directories: { readonly own: string; readonly disk: string; readonly initramfs: string },
): { readonly secureBoot?: SignedStart } {
  const kind = bootsAs(output);
  if (kind === undefined || kind === 'pxe') return {};
  const image = kind === 'disk' ? path.join(directories.disk, 'disk.raw') : path.join(directories.own, 'image.iso');
  if (!existsSync(image)) return {};
  const found = bootProgramsOn(fileSource(image));
  const programs = found.some(({ role }) => role === 'kernel') ? found : [...found, ...kernelIn(directories.initramfs)];
  const secureBoot = signedStart(programs);
  return secureBoot ? { secureBoot } : {};
}

function kernelIn(directory: string) {
  return [readBootProgram('kernel', 'vmlinuz', readFileSync(path.join(directory, 'vmlinuz')))];
}
