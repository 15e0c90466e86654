import { readFile, rm, stat } from 'node:fs/promises';
import type { QmpClient } from '../machine/qmp.ts';
import { type Picture, parsePpm } from './picture.ts';

/**
 * Writes what the machine's display shows as a PNG. `file` is absolute and in the run directory, which QEMU can write to.
 * @throws QmpError when QEMU has no display or is gone
 */
export async function takeScreenshot(qmp: Pick<QmpClient, 'execute'>, file: string): Promise<void> {
  await qmp.execute('screendump', { filename: file, format: 'png' });
  // QEMU answers when the file is whole.
  if ((await stat(file)).size === 0) throw new Error(`QEMU wrote an empty screenshot to ${file}`);
}

/**
 * What the machine's display shows, to be looked at by a program. `file` is absolute and in the run directory; it is gone
 * afterwards.
 * @throws QmpError when QEMU has no display or is gone
 */
export async function takePicture(qmp: Pick<QmpClient, 'execute'>, file: string): Promise<Picture> {
  await qmp.execute('screendump', { filename: file, format: 'ppm' });
  const picture = parsePpm(await readFile(file));
  await rm(file);
  return picture;
}
