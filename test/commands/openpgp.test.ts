import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPgpKeys } from '../../scripts/release/openpgp-keys.ts';
import { publicKey, published, secretKey, signedDirectory, verifying, writeSums } from '../release/published-sample.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';
import { typeIn } from './type-in.ts';

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

/** Keys of this file's own, in a home of gpg's; its agent takes no longer path for its socket than some hundred characters. */
let home = '';
const before = process.env.GNUPGHOME;

const gpg = (...args: readonly string[]) =>
  execFileSync('gpg', ['--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '', ...args], {
    env: { ...process.env, GNUPGHOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function makeKey(who: string): string {
  gpg('--quick-generate-key', who, 'ed25519', 'sign', 'never');
  const told = gpg('--with-colons', '--list-secret-keys', who).toString();
  return /^fpr:+([0-9A-F]{40}):/m.exec(told)?.[1] ?? '';
}

/** A file of the public key. */
function exported(fingerprint: string, ...options: readonly string[]): string {
  const file = path.join(scratchDirectory(), 'keys');
  writeFileSync(file, gpg(...options, '--export', fingerprint));
  return file;
}

const sign = (directory: string, ...options: readonly string[]) =>
  typeIn(['sign', directory, ...options], recordingContext().context);

describe.runIf(has('gpg') && has('gpgv'))('a signature of OpenPGP', () => {
  let [ours, other] = ['', ''];
  beforeAll(() => {
    home = mkdtempSync('/tmp/gpg-');
    chmodSync(home, 0o700);
    process.env.GNUPGHOME = home;
    [ours, other] = [makeKey('release@example.org'), makeKey('other@example.org')];
  });
  afterAll(() => {
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true });
    if (before === undefined) delete process.env.GNUPGHOME;
    else process.env.GNUPGHOME = before;
  });

  test('is made by gpg, and good by its key alone, as text or not; gpgv by hand says the same', async () => {
    const directory = published();
    await sign(directory, '--openpgp-key', ours.replace(/(.{4})/g, '$1 ').trim());
    for (const file of [exported(ours), exported(ours, '--armor')]) {
      const { lines, code } = await verifying(directory, '--openpgp-keys', file);
      expect(lines[0]).toMatch(new RegExp(`^verified {5}SHA256SUMS is signed by the OpenPGP key ${ours} \\(20\\d\\d-`));
      expect(lines.join('\n')).not.toContain('SHA256SUMS.asc: not in');
      expect(code).toBe(0);
    }
    const files = ['SHA256SUMS.asc', 'SHA256SUMS'].map((name) => path.join(directory, name));
    execFileSync('gpgv', ['--keyring', exported(ours), ...files], { stdio: 'ignore' });
  });

  test('stands beside one of minisign: each is judged by whom it is asked for', async () => {
    const directory = await signedDirectory();
    await sign(directory, '--openpgp-key', ours, '--signing-key', secretKey());
    const both = await verifying(directory, '--key', publicKey, '--openpgp-keys', exported(ours));
    expect(both.lines.slice(0, 2)).toEqual([
      expect.stringContaining('signed by the key 4D788919362ACB8A'),
      expect.stringContaining(`signed by the OpenPGP key ${ours}`),
    ]);
    expect(both.code).toBe(0);
    expect((await verifying(directory, '--key', publicKey)).code).toBe(0);
    expect((await verifying(directory)).lines[0]).toContain(
      'there is one, and no --key or --openpgp-keys to compare it with',
    );
    rmSync(path.join(directory, 'SHA256SUMS.asc'));
    const one = await verifying(directory, '--key', publicKey, '--openpgp-keys', exported(ours));
    expect(one.lines[1]).toContain('there is no SHA256SUMS.asc');
    expect(one.code).toBe(1);
  });

  test('by another key, of another list, or that is none, ends it; nothing else is read', async () => {
    const directory = published();
    await sign(directory, '--openpgp-key', other);
    const byOther = await verifying(directory, '--openpgp-keys', exported(ours));
    expect(byOther.lines).toEqual([
      expect.stringMatching(
        /^wrong {8}the OpenPGP signature of SHA256SUMS is by a key that is none of the given ones, /,
      ),
    ]);
    expect(byOther.code).toBe(1);
    writeFileSync(path.join(directory, 'small.iso'), 'ISO');
    writeSums(directory);
    const changed = await verifying(directory, '--openpgp-keys', exported(other));
    expect(changed.lines).toEqual([
      'wrong        the OpenPGP signature of SHA256SUMS does not fit: one of the two was changed',
    ]);
    writeFileSync(path.join(directory, 'SHA256SUMS.asc'), 'nothing');
    expect((await verifying(directory, '--openpgp-keys', exported(other), '--unsigned')).lines).toEqual([
      'wrong        the OpenPGP signature of SHA256SUMS is none of OpenPGP, or not whole',
    ]);
  });

  test('of a key that was revoked, or has expired, is none', async () => {
    const directory = published();
    const revoked = makeKey('revoked@example.org');
    await sign(directory, '--openpgp-key', revoked);
    const certificate = readFileSync(path.join(home, 'openpgp-revocs.d', `${revoked}.rev`), 'utf8');
    const file = path.join(scratchDirectory(), 'revocation');
    writeFileSync(file, certificate.replace(':-----BEGIN', '-----BEGIN'));
    gpg('--import', file);
    expect((await verifying(directory, '--openpgp-keys', exported(revoked))).lines).toEqual([
      expect.stringMatching(/is by a key that was revoked, .*revoked@example\.org/),
    ]);
    const then = ['--faked-system-time', '20200101T000000!', '--no-tty'];
    gpg(...then, '--quick-generate-key', 'old@example.org', 'ed25519', 'sign', '1d');
    const [list, signature] = ['SHA256SUMS', 'SHA256SUMS.asc'].map((name) => path.join(directory, name)) as [
      string,
      string,
    ];
    gpg(...then, '--yes', '--armor', '--local-user', 'old@example.org', '--output', signature, '--detach-sign', list);
    expect((await verifying(directory, '--openpgp-keys', exported('old@example.org'))).lines).toEqual([
      expect.stringMatching(/is by a key that has expired, .*old@example\.org/),
    ]);
  });

  test('that gpg does not make leaves nothing, also none of minisign, and is told in its words', async () => {
    const directory = published();
    const nobody = '0'.repeat(40);
    await expect(sign(directory, '--openpgp-key', nobody, '--signing-key', secretKey())).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/gpg did not sign: .*No secret key/),
    });
    for (const name of ['SHA256SUMS.asc', 'SHA256SUMS.minisig'])
      expect(existsSync(path.join(directory, name))).toBe(false);
  });

  test('is not judged by a secret key, or by what holds no key', async () => {
    const directory = published();
    await sign(directory, '--openpgp-key', ours);
    const given = path.join(scratchDirectory(), 'given');
    for (const options of [[], ['--armor']]) {
      writeFileSync(given, gpg(...options, '--export-secret-keys', ours));
      expect(() => openPgpKeys(given)).toThrow(/holds a secret key/);
    }
    const text = readFileSync(exported(ours, '--armor'), 'utf8');
    for (const content of ['', 'text', text.slice(0, 200), `${text}${text.slice(0, 200)}`]) {
      writeFileSync(given, content);
      await expect(verifying(directory, '--openpgp-keys', given)).rejects.toThrow(/holds no public key of OpenPGP/);
    }
    writeFileSync(given, `${readFileSync(exported(other, '--armor'), 'utf8')}${text}`);
    expect((await verifying(directory, '--openpgp-keys', given)).code).toBe(0);
  });
});

test('where the programs are missing, that is told before anything is written', async () => {
  const directory = published();
  const bin = scratchDirectory();
  // What the runner starts each program by.
  const [setpriv] = execFileSync('sh', ['-c', 'command -v setpriv'], { encoding: 'utf8' }).split('\n');
  symlinkSync(setpriv ?? '', path.join(bin, 'setpriv'));
  vi.stubEnv('PATH', bin);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(sign(directory, '--openpgp-key', '0'.repeat(40))).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('gpg is not installed'),
  });
  expect(existsSync(path.join(directory, 'SHA256SUMS.asc'))).toBe(false);
});

test.each(['release@example.org', '4D788919', ''])('`%s` is no fingerprint', async (given) => {
  await expect(sign(published(), '--openpgp-key', given)).rejects.toMatchObject({ exitCode: 2 });
});
