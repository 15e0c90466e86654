import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { displayCommand, ReportedError } from '../diagnostic/index.ts';
import { openKey, parseSecretKey, type SigningKey } from './secret-key.ts';

/** Where the password of a key comes from. Never an argument or a variable: other users see those. */
export interface Passwords {
  /** A file of which it is the first line, such as `/dev/fd/3`. */
  readonly file?: string | undefined;
  /** Asks a person without showing what is typed; absent where nobody is there. @throws Interrupted */
  readonly ask?: ((question: string) => Promise<Buffer>) | undefined;
}

/** A secret key has less than 300 bytes, and minisign takes no longer password. */
const MOST_BYTES = 1024;

/**
 * Reads a secret key that `minisign -G` made, and asks for its password where it has one.
 * @throws ReportedError where it is none, damaged, or readable by others, as ssh refuses those too; for a wrong password
 */
export async function unlockKey(file: string, passwords: Passwords): Promise<SigningKey> {
  const stored = parseSecretKey(readPrivate(file, 'the secret key').toString('latin1'));
  if (stored === undefined) {
    throw refused(
      `${file} is no secret key of minisign, or only a part of one`,
      'It is what `minisign -G -s FILE` writes.',
    );
  }
  const password = stored.scrypt && (await passwordOf(file, passwords));
  try {
    const key = await openKey(stored, password);
    if (key !== undefined) return key;
  } finally {
    password?.fill(0);
  }
  if (stored.scrypt !== undefined) throw refused(`that is not the password of ${file}, or the key is damaged`);
  throw refused(`${file} is damaged: its two halves do not belong together`, 'Take a copy of it, or make a new key.');
}

async function passwordOf(file: string, passwords: Passwords): Promise<Buffer> {
  if (passwords.file !== undefined) return firstLine(readPrivate(passwords.file, 'the file with the password'));
  if (passwords.ask !== undefined) return passwords.ask(`Password of ${file}: `);
  throw refused(
    `${file} has a password, and nobody can be asked for it here`,
    'Name a file of which it is the first line: --password-file FILE, also /dev/fd/3.',
  );
}

function firstLine(bytes: Buffer): Buffer {
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** The first bytes of a file, which nobody but its owner may read; of a pipe, what comes. */
function readPrivate(file: string, what: string): Buffer {
  const descriptor = opened(file, what);
  try {
    const found = fstatSync(descriptor);
    if (found.isDirectory()) throw refused(`${what}, ${file}, is a directory`);
    if (found.isFile() && (found.mode & 0o077) !== 0) {
      const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
      throw refused(
        `others may read or change ${what}: the mode of ${file} is ${mode}`,
        `Who may have seen it? If nobody: chmod 600 ${displayCommand([file])}`,
      );
    }
    const bytes = Buffer.alloc(MOST_BYTES);
    let length = 0;
    for (let read = 1; read > 0 && length < MOST_BYTES; length += read) {
      read = readSync(descriptor, bytes, length, MOST_BYTES - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

const WHY: Readonly<Record<string, string>> = { ENOENT: 'is not there', EACCES: 'may not be read by this user' };

function opened(file: string, what: string): number {
  try {
    return openSync(file, constants.O_RDONLY);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw refused(`${what}, ${file}, ${WHY[code] ?? `cannot be read: ${message}`}`);
  }
}

function refused(message: string, hint?: string): ReportedError {
  return new ReportedError({ code: 'signing-key', severity: 'error', message, ...(hint !== undefined && { hint }) });
}
