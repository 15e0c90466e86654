import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { EnvironmentError, UsageError } from '../diagnostic/index.ts';
import { webDirectory } from '../places/index.ts';
import { type Found, type Published, tooLarge, type Wanted } from './published.ts';

/** A file of which nobody says how large it is. */
const MOST_BYTES = 64 * 2 ** 30;
/** As long may a server say nothing. */
const SILENCE_MS = 60_000;

export const isAddress = (given: string): boolean => /^https?:\/\//.test(given);

/**
 * A directory behind an address of the web. Its files are read as they come, and nothing of them is kept: in memory what is asked
 * for, and on a disk where there is a directory for it.
 * @param into whose it is to judge what lies there, and to remove it
 * @throws UsageError for an address with a password in it, which a log may show
 */
export function publishedAddress(given: string, signal: AbortSignal, into?: string): Published {
  const base = baseOf(given);
  return {
    where: base.href.replace(/\/$/, ''),
    measure: async (file, wanted) => {
      const address = new URL(file.split('/').map(encodeURIComponent).join('/'), base);
      const silence = new AbortController();
      const late = () => silence.abort(new Error(`it said nothing for ${SILENCE_MS / 1000} seconds`));
      const timer = setTimeout(late, SILENCE_MS);
      try {
        const transfer: Transfer = {
          signal: AbortSignal.any([signal, silence.signal]),
          onPiece: () => timer.refresh(),
          ...(into !== undefined && { to: path.join(into, file) }),
        };
        return await measure(address, wanted, transfer);
      } catch (error) {
        signal.throwIfAborted();
        throw isOfDisk(error) ? error : unreachable(address, error);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function baseOf(given: string): URL {
  const base = webDirectory(given);
  if (base instanceof URL) return base;
  throw new UsageError({
    code: 'address',
    severity: 'error',
    // With a password in it, it is not repeated.
    message: `that is no address of a directory: it ${base.fault}`,
  });
}

interface Transfer {
  readonly signal: AbortSignal;
  readonly onPiece: () => void;
  /** A new file for what comes. */
  readonly to?: string;
}

async function measure(address: URL, wanted: Wanted, { signal, onPiece, to }: Transfer): Promise<Found> {
  const { most = MOST_BYTES } = wanted;
  const response = await fetch(address, { signal, headers: { 'accept-encoding': 'identity' } });
  const refused = refusalOf(response, most);
  if (refused !== undefined || response.body === null) {
    await response.body?.cancel();
    return refused ?? { fault: 'is empty' };
  }
  const file = to === undefined ? undefined : await newFile(to);
  try {
    return await readBody(response.body, { keep: false, ...wanted, most }, onPiece, file);
  } finally {
    await file?.close();
  }
}

async function readBody(
  body: AsyncIterable<Uint8Array>,
  { keep, most }: { readonly keep: boolean; readonly most: number },
  onPiece: () => void,
  file: FileHandle | undefined,
): Promise<Found> {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    onPiece();
    const read = Buffer.from(piece);
    bytes += read.length;
    // Leaving the loop ends the transfer.
    if (bytes > most) return tooLarge(most);
    hash.update(read);
    if (keep) kept.push(read);
    await file?.appendFile(read);
  }
  return { bytes, sha256: hash.digest('hex'), ...(keep && { content: Buffer.concat(kept) }) };
}

async function newFile(to: string): Promise<FileHandle> {
  await mkdir(path.dirname(to), { recursive: true });
  return open(to, 'wx');
}

function refusalOf(response: Response, most: number): Found | undefined {
  if (response.status === 404 || response.status === 410) return { fault: 'is missing', isMissing: true };
  if (!response.ok) return { fault: `is refused by the server: ${response.status} ${response.statusText}` };
  const encoding = response.headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity') return { fault: `is sent as ${encoding}, and not as it is` };
  return Number(response.headers.get('content-length') ?? 0) > most ? tooLarge(most) : undefined;
}

/** What fetch throws is of a class of its own. */
function isOfDisk(error: unknown): boolean {
  return !(error instanceof TypeError) && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

function unreachable(address: URL, error: unknown): EnvironmentError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why =
    cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code ?? '') : String(cause);
  return new EnvironmentError({
    code: 'unreachable',
    severity: 'error',
    message: `${address.href} cannot be read: ${why}`,
    hint: 'Nothing of it was kept.',
  });
}
