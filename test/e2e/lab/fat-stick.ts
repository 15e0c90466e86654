import { mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { testImage } from '../../../scripts/test-run/index.ts';
import { manifestWith } from '../../checks/context.ts';
import { places } from '../image/phyllome.ts';
import { toolsTree } from './environment.ts';

const mebibyte = 2 ** 20;

/**
 * Makes a stick with one FAT partition. `fill` is a script that puts files there: in the directory of what the ISO holds
 * ($1 is the ISO itself), `put` copies what it is given.
 */
export async function fatStick(iso: string, directory: string, fill: string): Promise<string> {
  const [tree, stick] = [path.join(directory, 'tree'), path.join(directory, 'stick.img')];
  await mkdir(tree);
  const sizeMiB = Math.ceil((await stat(iso)).size / mebibyte) + 64;
  await writeFile(stick, partitionTable(sizeMiB));
  await truncate(stick, (sizeMiB + 1) * mebibyte);
  const script = `xorriso -osirrox on -indev "$1" -extract / "$2"; chmod -R u+w "$2"
mformat -i "$3@@1M" -F -T "$4" -v STICK ::
cd "$2"; image=$3; put() { mcopy -s -i "$image@@1M" "$@"; }
${fill}`;
  const argv = ['sh', '-euc', script, 'sh', iso, tree, stick, String(sizeMiB * 2048)];
  await new SystemRunner().run({ argv: inToolsTree(toolsTree(), argv, { read: [iso], write: [directory] }) });
  await rm(tree, { recursive: true });
  return stick;
}

/** A master boot record with one partition of type FAT32 (LBA), which begins at 1 MiB. */
function partitionTable(sizeMiB: number): Buffer {
  const record = Buffer.alloc(512);
  record[450] = 0x0c;
  record.writeUInt32LE(2048, 454);
  record.writeUInt32LE(sizeMiB * 2048, 458);
  record.writeUInt16LE(0xaa55, 510);
  return record;
}

/** Starts a machine with Secure Boot from such a stick. */
export async function startFromStick(file: string, directory: string) {
  const runDir = path.join(directory, 'run');
  await mkdir(runDir);
  const manifest = manifestWith();
  const run = await testImage(
    { manifest: { ...manifest, image: { ...manifest.image, sizeBytes: (await stat(file)).size } }, file },
    {
      hardware: { topology: { topology: 'copied', summary: 'x', firmware: 'secure-boot', boot: { from: 'usb' } } },
      accel: 'auto',
      runner: new SystemRunner(),
      toolsRoot: toolsTree(),
      cacheDir: places.cache,
      runDir,
    },
    {},
  );
  return { run, runDir, console: await readFile(path.join(runDir, 'console.log'), 'utf8') };
}
