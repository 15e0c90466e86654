import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readPublicKey, signText, unlockKey, verifySignature } from '../../scripts/signing/index.ts';
import { openKey, parseSecretKey } from '../../scripts/signing/secret-key.ts';
import { scratchDirectory } from '../commands/recording-context.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/minisign');
const read = (name: string) => readFileSync(path.join(fixtures, name), 'utf8');
const signed = read('signed');
const publicKey = readPublicKey(path.join(fixtures, 'throw-away.pub'));

/** A copy of a secret key as its owner has it: git keeps no mode. */
function privateCopy(name: string): string {
  const file = path.join(scratchDirectory(), name);
  copyFileSync(path.join(fixtures, name), file);
  chmodSync(file, 0o600);
  return file;
}

function passwordFile(text: string, mode = 0o600): string {
  const file = path.join(scratchDirectory(), 'password');
  writeFileSync(file, text, { mode });
  return file;
}

test('signatures are those that minisign itself makes, by a plain key and by one with a password', async () => {
  const own = (text: string) => text.split('\n').slice(1);
  const plain = await unlockKey(privateCopy('throw-away.key'), {});
  expect(own(signText(signed, 'Ada signed this', plain))).toEqual(own(read('signed.minisig')));
  const file = passwordFile('throw-away\nsecond line\n');
  const encrypted = await unlockKey(privateCopy('throw-away-encrypted.key'), { file });
  expect(own(signText(signed, 'Ada signed this', encrypted))).toEqual(own(read('encrypted.minisig')));
});

test("minisign's signatures are verified, and the key may be its line alone", () => {
  expect(verifySignature(signed, read('signed.minisig'), publicKey)).toEqual({ comment: 'Ada signed this' });
  const line = readPublicKey(read('throw-away.pub').split('\n')[1] ?? '');
  expect(line.name).toBe('4D788919362ACB8A');
  expect(verifySignature(signed, read('signed.minisig').replaceAll('\n', '\r\n'), line)).toHaveProperty('comment');
});

test('whatever was changed afterwards is told as that', () => {
  const text = read('signed.minisig');
  const judge = (content: string, signature: string) => verifySignature(content, signature, publicKey);
  expect(judge(`${signed} `, text)).toEqual({ fault: 'does not fit: one of the two was changed' });
  expect(judge(signed, text.replace('Ada signed', 'Eve signed'))).toEqual({ fault: 'had its trusted comment changed' });
  expect(judge(signed, text.replace(/^untrusted.*/, 'untrusted comment: anything'))).toHaveProperty('comment');
  expect(judge(signed, read('encrypted.minisig'))).toEqual({
    fault: 'is by another key, FA01F71731660BEB, and not by 4D788919362ACB8A',
  });
  expect(judge(signed, read('legacy.minisig'))).toEqual({
    fault: "is of minisign's older kind, which is not taken: sign anew, without -l",
  });
});

test('a signature that is cut short, longer or something else is none', () => {
  const text = read('signed.minisig');
  const lines = text.split('\n');
  const damaged = ['', 'x', '<html>\n', text.slice(0, -10), `${text}more\n`, lines.slice(0, 2).join('\n'), `\n${text}`];
  damaged.push(text.replace('RUSK', 'RUS'), text.replace('RUSK', 'RUS!'), `${lines.slice(0, 3).join('\n')}\n\n`);
  for (const one of damaged) {
    expect(verifySignature(signed, one, publicKey), one).toEqual({ fault: 'is none of minisign, or not whole' });
  }
});

test('what is no public key is refused, also a secret one and a pipe', () => {
  const file = path.join(scratchDirectory(), 'key.pub');
  const text = read('throw-away.pub');
  for (const content of ['', text.slice(0, -3), `${text}${text}`, text.replace('RWSK', 'RUSK')]) {
    writeFileSync(file, content);
    expect(() => readPublicKey(file), content).toThrow(`${file} is no public key of minisign`);
  }
  expect(() => readPublicKey(path.join(fixtures, 'throw-away.key'))).toThrow('is a secret key of minisign');
  expect(() => readPublicKey('/nowhere.pub')).toThrow('the public key /nowhere.pub is not there');
  expect(() => readPublicKey('/dev/zero')).toThrow('the public key /dev/zero is a device, not a file');
});

test('a secret key that others may read is refused, as is a password that they may', async () => {
  const key = privateCopy('throw-away-encrypted.key');
  const file = passwordFile('throw-away\n', 0o640);
  await expect(unlockKey(key, { file })).rejects.toThrow(
    `others may read or change the file with the password: the mode of ${file} is 0640`,
  );
  chmodSync(key, 0o604);
  await expect(unlockKey(key, {})).rejects.toThrow(
    `others may read or change the secret key: the mode of ${key} is 0604`,
  );
});

test('a secret key that is not there, a directory or cut short is told as such', async () => {
  const scratch = scratchDirectory();
  const at = (name: string) => path.join(scratch, name);
  mkdirSync(at('directory'), { mode: 0o700 });
  symlinkSync(at('nowhere'), at('link'));
  await expect(unlockKey(at('link'), {})).rejects.toThrow(`the secret key, ${at('link')}, is not there`);
  await expect(unlockKey(at('directory'), {})).rejects.toThrow(`the secret key, ${at('directory')}, is a directory`);
  const text = read('throw-away.key');
  const [comment = '', line = ''] = text.split('\n');
  const bytes = Buffer.from(line, 'base64');
  const changed = (offset: number) => {
    const copy = Buffer.from(bytes);
    copy[offset] = (copy[offset] ?? 0) ^ 1;
    return `${comment}\n${copy.toString('base64')}\n`;
  };
  for (const content of ['', text.slice(0, 150), line, `${text}${text}`, changed(0), changed(2), changed(4)]) {
    writeFileSync(at('key'), content, { mode: 0o600 });
    await expect(unlockKey(at('key'), {}), content).rejects.toThrow(
      'is no secret key of minisign, or only a part of one',
    );
  }
  // A bit of the seed, and one of the public half.
  for (const offset of [62, 94]) {
    writeFileSync(at('key'), changed(offset), { mode: 0o600 });
    await expect(unlockKey(at('key'), {})).rejects.toThrow(
      `${at('key')} is damaged: its two halves do not belong together`,
    );
  }
});

test('a key that asks for more memory than minisign does is none', async () => {
  const [comment = '', line = ''] = read('throw-away-encrypted.key').split('\n');
  const bytes = Buffer.from(line, 'base64');
  bytes.writeBigUInt64LE(2n ** 40n, 46);
  const file = path.join(scratchDirectory(), 'key');
  writeFileSync(file, `${comment}\n${bytes.toString('base64')}\n`, { mode: 0o600 });
  await expect(unlockKey(file, { file: passwordFile('throw-away') })).rejects.toThrow('is no secret key of minisign');
});

test('too little memory for a password is ordinary trouble, with how much it takes; another failure stays a bug', async () => {
  const stored = parseSecretKey(read('throw-away-encrypted.key'));
  if (stored === undefined) throw new Error('no key');
  const opened = (message: string) =>
    openKey(stored, Buffer.from('throw-away'), () => Promise.reject(new Error(message))).catch((error) => error);
  // What OpenSSL says below `ulimit -v`.
  expect(await opened('error:030C0100:digital envelope routines::malloc failure')).toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/takes \d+ MiB of memory at once, and there is less$/),
  });
  expect(await opened('something else')).toEqual(new Error('something else'));
});

test('a wrong password is told, and nobody there to be asked for it', async () => {
  const key = privateCopy('throw-away-encrypted.key');
  for (const wrong of ['', 'throw-awa', 'throw-away ']) {
    await expect(unlockKey(key, { file: passwordFile(wrong) })).rejects.toThrow(
      `that is not the password of ${key}, or the key is damaged`,
    );
  }
  await expect(unlockKey(key, {})).rejects.toThrow(`${key} has a password, and nobody can be asked for it here`);
});

test('a password that is asked for is wiped, and nothing of a key is shown', async () => {
  const typed = Buffer.from('throw-away');
  const key = await unlockKey(privateCopy('throw-away-encrypted.key'), { ask: async () => typed });
  expect([...typed].every((byte) => byte === 0)).toBe(true);
  const plain = await unlockKey(privateCopy('throw-away.key'), {});
  const seed = Buffer.from(read('throw-away.key').split('\n')[1] ?? '', 'base64').subarray(62, 94);
  const shown = `${inspect(plain, { depth: 9, showHidden: true })}${JSON.stringify(plain)}${JSON.stringify(key)}`;
  for (const encoding of ['hex', 'base64', 'base64url'] as const) expect(shown).not.toContain(seed.toString(encoding));
});
