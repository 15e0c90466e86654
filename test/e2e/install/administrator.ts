import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Who can log in to what is installed. */
export const administrator = { name: 'ada', password: 'a lovelace 1815' };

interface KeyPair {
  /** A line of `authorized_keys`. */
  readonly publicKey: string;
  readonly privateKey: string;
}

let pair: KeyPair | undefined;

/** The administrator's SSH keys, made when they are first asked for; the same for all installations of a run. */
export function administratorKeys(): KeyPair {
  pair ??= newKeys();
  return pair;
}

function newKeys(): KeyPair {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-keys-'));
  try {
    const file = path.join(directory, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', administrator.name, '-f', file]);
    return { publicKey: readFileSync(`${file}.pub`, 'utf8').trim(), privateKey: readFileSync(file, 'utf8') };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
