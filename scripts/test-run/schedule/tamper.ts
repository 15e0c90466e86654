import { chmod, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { copyWhole, makeDirectory } from '../../files/index.ts';
import { inToolsTree, type Runner } from '../../process/index.ts';

/** A copy of a live ISO in which one byte in the middle of the kernel is another. */
export async function withTamperedKernel(
  image: string,
  directory: string,
  tools: { readonly runner: Runner; readonly toolsRoot: string; readonly signal?: AbortSignal },
): Promise<string> {
  makeDirectory(directory);
  const kernel = path.join(directory, 'vmlinuz');
  const changed = path.join(directory, 'tampered.iso');
  const xorriso = (argv: readonly string[]) =>
    tools.runner.run(
      { argv: inToolsTree(tools.toolsRoot, ['xorriso', ...argv], { read: [image], write: [directory] }) },
      tools.signal ? { signal: tools.signal } : {},
    );
  await rm(kernel, { force: true });
  await xorriso(['-osirrox', 'on', '-indev', image, '-extract', '/boot/vmlinuz', kernel]);
  await chmod(kernel, 0o644);
  await flipByte(kernel, Math.floor((await stat(kernel)).size / 2));
  await copyWhole(image, changed, tools.signal);
  await chmod(changed, 0o600);
  // Appended as a second session: the boot sectors stay as they are.
  await xorriso(['-dev', changed, '-boot_image', 'any', 'keep', '-update', kernel, '/boot/vmlinuz']);
  await rm(kernel);
  return changed;
}

async function flipByte(file: string, offset: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, offset);
    byte[0] = (byte[0] ?? 0) ^ 0xff;
    await handle.write(byte, 0, 1, offset);
  } finally {
    await handle.close();
  }
}
