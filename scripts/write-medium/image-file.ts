import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { displayCommand, Interrupted, ReportedError } from '../diagnostic/index.ts';
import type { Demand } from './verdict.ts';

export type ImageFormat = 'iso' | 'raw' | 'qcow2';

/** What the first bytes of an image tell. */
export interface ImageKind extends Pick<Demand, 'sectorBytes'> {
  readonly format: ImageFormat;
}

/** As much of an image as `kindOf` looks at. */
const beginningBytes = 64 * 1024;

const packers: readonly (readonly [name: string, magic: string, command: string])[] = [
  ['xz', 'fd377a585a00', 'xz -dk'],
  ['gzip', '1f8b', 'gzip -dk'],
  ['zstd', '28b52ffd', 'zstd -d'],
  ['bzip2', '425a68', 'bzip2 -dk'],
];

/**
 * Tells from its beginning what an image is.
 * @throws ReportedError for what is none that a computer starts from
 */
export function kindOf(beginning: Buffer, file: string): ImageKind {
  const has = (text: string, at: number) => beginning.subarray(at, at + text.length).toString('latin1') === text;
  if (has('QFI\xfb', 0)) return { format: 'qcow2' };
  const packer = packers.find(([, magic]) => beginning.subarray(0, magic.length / 2).toString('hex') === magic);
  if (packer)
    throw noImage(`${file} is packed by ${packer[0]}`, `Unpack it first: ${packer[2]} ${displayCommand([file])}`);
  const isIso = has('CD001', 32_769);
  if (!has('\x55\xaa', 510)) {
    const what = isIso ? 'a CD image that starts from CD drives only' : 'no image of a disk: it has no partition table';
    throw noImage(`${file} is ${what}`, 'An .iso or .raw that `phyllome build` made is one that starts from a stick.');
  }
  const sectorBytes = [512, 4096].find((bytes) => has('EFI PART', bytes));
  return { format: isIso ? 'iso' : 'raw', ...(sectorBytes !== undefined && { sectorBytes }) };
}

/** An image that is read from its beginning to its end. */
export interface OpenImage extends ImageKind, Demand {
  readonly file: string;
  readonly handle: FileHandle;
}

/**
 * Opens an image. Whoever calls closes it.
 * @throws ReportedError when it is none
 */
export async function openImage(file: string): Promise<OpenImage> {
  const handle = await open(file);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw noImage(`${file} is no file`, 'Name the file of an image, or a flavour that was built.');
    const beginning = Buffer.alloc(beginningBytes);
    await handle.read(beginning, 0, beginningBytes, 0);
    return { file, handle, bytes: found.size, ...kindOf(beginning, file) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The SHA-256 that a list of checksums beside the image has for it; undefined where there is no list, or it is not in it. */
export function promisedChecksum(file: string): string | undefined {
  const list = path.join(path.dirname(file), 'SHA256SUMS');
  if (!existsSync(list)) return undefined;
  const lines = readFileSync(list, 'utf8').split('\n');
  const found = lines
    .map((line) => /^([\da-f]{64}) [ *](.*)$/.exec(line))
    .find((match) => match?.[2] === path.basename(file));
  return found?.[1];
}

/**
 * Reads an image whole and answers with its SHA-256.
 * @throws ReportedError when it is not the one that was promised, Interrupted
 */
export async function checkedImage(
  image: Pick<OpenImage, 'file' | 'handle'>,
  promised: string | undefined,
  { onProgress, signal }: { readonly onProgress: (bytes: number) => void; readonly signal: AbortSignal },
): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(2 ** 20);
  for (let position = 0; ; ) {
    if (signal.aborted) throw new Interrupted();
    const { bytesRead } = await image.handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
    onProgress(position);
  }
  const sum = hash.digest('hex');
  if (promised === undefined || sum === promised) return sum;
  throw new ReportedError({
    code: 'image-damaged',
    severity: 'error',
    message: `${image.file} is not what its SHA256SUMS promises: its SHA-256 is ${sum}, and not ${promised}`,
    hint: 'Fetch or build it again. Nothing was written.',
  });
}

function noImage(message: string, hint: string): ReportedError {
  return new ReportedError({ code: 'no-image', severity: 'error', message, hint });
}
