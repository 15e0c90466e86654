import type { Machine } from '../machine.ts';
import type { Words } from './words/en.ts';

const types = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp\\d+',
  'sk-ssh-ed25519@openssh\\.com',
  'sk-ecdsa-sha2-nistp256@openssh\\.com',
];
const publicKey = new RegExp(`^(?:${types.join('|')}) [A-Za-z0-9+/]{40,}={0,3}(?: .*)?$`);

export interface ReadKeys {
  readonly keys: readonly string[];
  /** What is wrong with the rest, in words that repeat none of it: it may be a private key. */
  readonly problem?: string;
}

/** Public keys, one a line, of a file or of what was typed. Whether each is sound, sshd's own program says. */
export function readKeys(text: string, machine: Machine, words: Words['key']): ReadKeys {
  if (/PRIVATE KEY|PuTTY-User-Key-File/.test(text)) {
    return { keys: [], problem: words.isPrivate };
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) return { keys: [], problem: words.isEmpty };
  for (const [index, line] of lines.entries()) {
    if (!publicKey.test(line)) {
      return { keys: [], problem: words.isNone(index + 1) };
    }
    const { status } = machine.run(['ssh-keygen', '-l', '-f', '-'], { stdin: `${line}\n` });
    if (status !== 0 && status !== 127) return { keys: [], problem: words.isBroken(index + 1) };
  }
  return { keys: [...new Set(lines)] };
}
