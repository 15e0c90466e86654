import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compareSources, type Difference, fileSource, type withMeans } from '../../scripts/bits/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';

type Means = Parameters<Parameters<typeof withMeans>[3]>[0];

/** For formats that are read without any program. */
const noMeans: Means = {
  newPath: () => {
    throw new Error('nothing is unpacked here');
  },
  asFile: () => {
    throw new Error('nothing is unpacked here');
  },
  run: () => Promise.reject(new Error('no program is run here')),
};

/** What differs between two files, as `way: kind: words`. */
export async function differences(a: string, b: string, means: Means = noMeans): Promise<readonly string[]> {
  const found = await compareSources(fileSource(a), fileSource(b), ['image'], means);
  return found.map(inOneLine);
}

const inOneLine = ({ where, kind, what }: Difference): string => `${where.join(' > ')}: ${kind}: ${what}`;

/** A new file that holds this. */
export function fileOf(bytes: Uint8Array | string): string {
  const file = path.join(scratchDirectory(), 'file');
  writeFileSync(file, bytes);
  return file;
}

export interface Made {
  readonly files?: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly time?: number;
  readonly options?: readonly string[];
}

/** All that mke2fs would take from the clock or from chance. */
const fixed = {
  env: { E2FSPROGS_FAKE_TIME: '1700000000', SOURCE_DATE_EPOCH: '1700000000', PATH: '/usr/sbin:/sbin:/usr/bin:/bin' },
  uuid: '01234567-89ab-8def-8123-456789abcdef',
};

/** A file system of 8 MiB by this machine's own mke2fs. */
export function ext4Of({ files = { 'etc/motd': 'hello\n' }, time = 1_600_000_000, options = [] }: Made): string {
  const directory = scratchDirectory();
  const tree = path.join(directory, 'tree');
  mkdirSync(tree);
  chmodSync(tree, 0o755);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(tree, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, time, time);
    utimesSync(path.dirname(file), 1_600_000_000, 1_600_000_000);
  }
  const image = path.join(directory, 'image');
  writeFileSync(image, '');
  truncateSync(image, 8 * 2 ** 20);
  const argv = ['-q', '-U', fixed.uuid, '-E', `hash_seed=${fixed.uuid}`, '-d', tree, ...options, image];
  execFileSync('mkfs.ext4', argv, { env: fixed.env });
  return image;
}

const SECTOR = 512;

/** A disk with one partition: UEFI, 5.3. */
export function gptAround(image: string, uuid = '00112233445566778899aabbccddeeff'): string {
  const content = readFileSync(image);
  const header = Buffer.alloc(SECTOR);
  header.write('EFI PART');
  header.writeBigUInt64LE(2n, 72);
  header.writeUInt32LE(4, 80);
  header.writeUInt32LE(128, 84);
  const table = Buffer.alloc(SECTOR);
  table.write('4f68bce3e8cd4db196e7fbcaf984b709', 0, 'hex');
  table.write(uuid, 16, 'hex');
  table.writeBigUInt64LE(3n, 32);
  table.writeBigUInt64LE(BigInt(2 + content.length / SECTOR), 40);
  table.write('phyllome', 56, 'utf16le');
  return fileOf(Buffer.concat([Buffer.alloc(SECTOR), header, table, content]));
}
