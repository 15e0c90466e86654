import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { EnvironmentError, ReportedError } from '../diagnostic/index.ts';
import { type Command, CommandFailed, CommandNotFound, type Completed } from '../process/index.ts';
import { SUMS } from './sums.ts';

/** A signature of OpenPGP over the list of checksums, as text. */
export const OPENPGP = `${SUMS}.asc`;

type Surroundings = Pick<Context, 'runner' | 'signal'>;

/**
 * Signs by gpg, with a key that it or its card has; it asks for what it needs to open that. Keys never come here.
 * @param fingerprint of the key
 * @throws ReportedError in gpg's words where it did not sign; EnvironmentError where it is not there
 */
export async function signByOpenPgp(
  content: Uint8Array,
  fingerprint: string,
  { runner, signal }: Surroundings,
): Promise<Buffer> {
  return inScratch(async (scratch) => {
    const [list, signature] = [path.join(scratch, SUMS), path.join(scratch, OPENPGP)];
    writeFileSync(list, content);
    const options = ['--quiet', '--yes', '--armor', '--local-user', fingerprint, '--output', signature];
    try {
      await run({ argv: ['gpg', ...options, '--detach-sign', '--', list], env: ofPerson() }, { runner, signal });
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      const said = error.completed.stderr.replaceAll(`${scratch}/`, '').trim().split('\n').join('; ');
      throw new ReportedError({
        code: 'not-signed',
        severity: 'error',
        message: `gpg did not sign: ${said}`,
        hint: '`gpg --list-secret-keys --with-subkey-fingerprint` tells the fingerprints of keys that it has.',
      });
    }
    return readFileSync(signature);
  });
}

/** Where gpg has keys, and where it may ask for a passphrase: who runs a program strips that. */
function ofPerson(env: NodeJS.ProcessEnv = process.env): Readonly<Record<string, string>> {
  const names = ['GNUPGHOME', 'GPG_TTY', 'SSH_AUTH_SOCK', 'DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS'];
  const terminal = process.stdin.isTTY ? { GPG_TTY: readlinkSync('/proc/self/fd/0') } : {};
  const given = names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...terminal, ...Object.fromEntries(given) };
}

/** By which key, and when; or in words why not, as the end of a sentence about the signature. */
export type OpenPgpJudgement = { readonly fingerprint: string; readonly at: Date } | { readonly fault: string };

/** Judges a signature by a set of keys. */
export type JudgeOpenPgp = (content: Uint8Array, signature: Uint8Array) => Promise<OpenPgpJudgement>;

/**
 * Judges by gpgv with these keys alone: whatever keys and trust the person has do not count.
 * @param keys as gpgv reads them: `openPgpKeys`
 * @throws EnvironmentError where gpgv is not there
 */
export function openPgpBy(keys: Uint8Array, surroundings: Surroundings): JudgeOpenPgp {
  return (content, signature) =>
    inScratch(async (scratch) => {
      const list = path.join(scratch, SUMS);
      const signed = path.join(scratch, OPENPGP);
      const ring = path.join(scratch, 'keys.gpg');
      writeFileSync(list, content);
      writeFileSync(signed, signature);
      writeFileSync(ring, keys);
      const options = ['--homedir', scratch, '--status-fd', '1', '--keyring', ring];
      return judgement(await run({ argv: ['gpgv', ...options, '--', signed, list] }, surroundings, true));
    });
}

/** What gpgv says in words for programs (GnuPG's doc/DETAILS), the worst first. */
const FAULTS: readonly (readonly [string, (rest: string) => string])[] = [
  ['BADSIG', () => 'does not fit: one of the two was changed'],
  ['REVKEYSIG', (rest) => `is by a key that was revoked, ${rest}`],
  ['EXPKEYSIG', (rest) => `is by a key that has expired, ${rest}`],
  ['EXPSIG', () => 'has expired'],
  ['NO_PUBKEY', (rest) => `is by a key that is none of the given ones, ${rest}`],
];

/** A signature that is good, by each key that signed. Others than that are none, however gpgv ended. */
function judgement({ exitCode, stdout }: Completed): OpenPgpJudgement {
  const said = stdout.split('\n').flatMap((line) => {
    const [, word = '', rest = ''] = /^\[GNUPG:\] ([A-Z_]+) ?(.*)$/.exec(line) ?? [];
    return word === '' ? [] : [{ word, rest }];
  });
  for (const [word, fault] of FAULTS) {
    const found = said.find((one) => one.word === word);
    if (found !== undefined) return { fault: fault(found.rest) };
  }
  const [valid] = said.filter(({ word }) => word === 'VALIDSIG').map(({ rest }) => rest.split(' '));
  const isGood = exitCode === 0 && said.some(({ word }) => word === 'GOODSIG');
  if (!isGood || valid === undefined) return { fault: 'is none of OpenPGP, or not whole' };
  // The last word is the key that the one which signed belongs to.
  return { fingerprint: valid.at(-1) ?? '', at: new Date(Number(valid[2]) * 1000) };
}

async function run(command: Command, { runner, signal }: Surroundings, allowFailure = false): Promise<Completed> {
  try {
    return await runner.run(command, { signal, allowFailure });
  } catch (error) {
    if (!(error instanceof CommandNotFound)) throw error;
    const [program] = command.argv;
    throw new EnvironmentError({
      code: 'no-program',
      severity: 'error',
      message: `${program} is not installed, which OpenPGP is left to`,
      hint: `Debian: apt install ${program}; Fedora: dnf install ${program === 'gpgv' ? 'gnupg2-verify' : 'gnupg2'}`,
    });
  }
}

/** Work in a directory of nobody else's, which is gone afterwards. */
async function inScratch<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-openpgp-'));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
