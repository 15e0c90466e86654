import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { EnvironmentError, sizeInWords } from '../diagnostic/index.ts';
import { CommandNotFound, type Runner } from '../process/index.ts';

/** What is needed to start a program. */
interface Access {
  readonly runner: Runner;
  readonly signal: AbortSignal;
}

/** The text of a file, or in words why it has none: `is not whole: …`. */
export type UnpackedText = { readonly text: string } | { readonly fault: string };

/** First bytes, and the program that unpacks what begins with them. */
const PACKED = [
  ['1f8b', 'gzip'],
  ['fd377a585a00', 'xz'],
  ['28b52ffd', 'zstd'],
] as const;

/**
 * The text of a regular file that may be packed by gzip, xz or zstd, which its first bytes tell.
 * @param mostBytes more than that is not read: a few KiB of somebody else's may unpack to more than there is memory
 * @throws EnvironmentError where the program that unpacks it is not there
 */
export async function unpackedText(file: string, mostBytes: number, access: Access): Promise<UnpackedText> {
  const program = PACKED.find(([start]) => startOf(file).startsWith(start))?.[1];
  if (program === undefined && statSync(file).size > mostBytes) return tooLarge(mostBytes);
  if (program !== undefined) await requireProgram(program, access);
  // What the program says of a damaged file counts: the pipe has no exit code of it.
  const script = 'if [ -n "$1" ]; then "$1" -dc -- "$0"; else cat -- "$0"; fi | head -c "$2"';
  const { stdout, stderr } = await access.runner.run(
    { argv: ['sh', '-c', script, file, program ?? '', String(mostBytes + 1)] },
    { signal: access.signal },
  );
  if (Buffer.byteLength(stdout) > mostBytes) return tooLarge(mostBytes);
  if (stderr.trim() !== '') return { fault: `is not whole: ${stderr.trim().split('\n')[0]}` };
  return { text: stdout };
}

const tooLarge = (bytes: number): UnpackedText => ({ fault: `is larger than ${sizeInWords(bytes)}` });

function startOf(file: string): string {
  const start = Buffer.alloc(6);
  const opened = openSync(file, 'r');
  try {
    return start.subarray(0, readSync(opened, start)).toString('hex');
  } finally {
    closeSync(opened);
  }
}

/** @throws EnvironmentError where a program that unpacks is not there */
export async function requireProgram(program: string, { runner, signal }: Access): Promise<void> {
  try {
    await runner.run({ argv: [program, '--version'] }, { signal });
  } catch (error) {
    if (!(error instanceof CommandNotFound)) throw error;
    const message = `what was fetched is packed, and the program ${program} is not installed`;
    const hint = `apt install ${program === 'xz' ? 'xz-utils' : program}`;
    throw new EnvironmentError({ code: 'missing-program', severity: 'error', message, hint });
  }
}
