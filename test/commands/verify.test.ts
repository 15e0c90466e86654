import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  image,
  LISTED,
  publicKey,
  published,
  secretKey,
  sha256,
  signedDirectory,
  verifying,
  writeSums,
} from '../release/published-sample.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';
import { typeIn } from './type-in.ts';

const byKey = ['--key', publicKey] as const;

test('what was built and signed is what it says', async () => {
  const { lines, code } = await verifying(await signedDirectory(), ...byKey);
  expect(lines).toEqual([
    expect.stringMatching(
      /^verified {5}SHA256SUMS is signed by the key 4D788919362ACB8A \(timestamp:\d+ file:SHA256SUMS/,
    ),
    expect.stringMatching(/^verified {5}all 6 files are what SHA256SUMS says \(.*\)$/),
    'verified     manifest.json has sums and sizes of small.iso',
    expect.stringMatching(
      /^verified {5}manifest.json, contents.json, small.cdx.json, small.spdx.json have the same [1-9]\d* packages$/,
    ),
    expect.stringMatching(/^verified {5}files.gz has [1-9]\d* files, and the 0 of components as manifest.json says$/),
    'not claimed  how it verifies its successor: neither address nor key is in it',
    'not claimed  where it comes from: there is no provenance',
    'not claimed  small.ks, small.map.json: not in SHA256SUMS',
  ]);
  expect(code).toBe(0);
});

test('a copy elsewhere is as good, one without a signature or a key only by agreement', async () => {
  const copy = path.join(scratchDirectory(), 'copy');
  cpSync(await signedDirectory(), copy, { recursive: true });
  expect((await verifying(copy, ...byKey)).code).toBe(0);
  const keyless = await verifying(copy);
  expect([keyless.lines[0], keyless.code]).toEqual([
    'not claimed  whose signature it is: there is one, and no --key to compare it with',
    1,
  ]);
  rmSync(path.join(copy, 'SHA256SUMS.minisig'));
  const unsigned = await verifying(copy, ...byKey);
  expect([unsigned.lines[0], unsigned.code]).toEqual([
    'not claimed  a signature: there is no SHA256SUMS.minisig, so anybody may have made all this',
    1,
  ]);
  expect((await verifying(copy, '--unsigned')).code).toBe(0);
});

test('a list of checksums that was changed is not read further', async () => {
  const directory = await signedDirectory();
  writeFileSync(path.join(directory, 'small.iso'), 'ISO');
  writeSums(directory);
  const { lines, code } = await verifying(directory, ...byKey, '--unsigned');
  expect(lines).toEqual(['wrong        the signature of SHA256SUMS does not fit: one of the two was changed']);
  expect(code).toBe(1);
});

test('files that were changed, removed, lengthened, or are links are each told', async () => {
  const directory = await signedDirectory();
  const at = (name: string) => path.join(directory, name);
  writeFileSync(at('small.iso'), 'ISO');
  rmSync(at('contents.json'));
  renameSync(at('files.gz'), at('elsewhere'));
  symlinkSync('elsewhere', at('files.gz'));
  rmSync(at('small.cdx.json'));
  mkdirSync(at('small.cdx.json'));
  const { wrong, code } = await verifying(directory, ...byKey);
  expect(wrong).toEqual([
    `wrong        small.iso is another file than SHA256SUMS says: its SHA-256 is ${sha256('ISO')}`,
    'wrong        contents.json is missing',
    'wrong        files.gz is a link, and not the file',
    'wrong        small.cdx.json is no file',
    'wrong        manifest.json has other sums or sizes of small.iso',
  ]);
  expect(code).toBe(1);
});

test('no directory on the way is a link either', async () => {
  const directory = published();
  const outside = scratchDirectory();
  writeFileSync(path.join(outside, 'x'), 'x');
  symlinkSync(outside, path.join(directory, 'pxe'));
  writeSums(directory, [...LISTED, 'pxe/x']);
  expect((await verifying(directory, '--unsigned')).wrong).toEqual(['wrong        pxe/x lies behind a link, pxe']);
});

test.each([
  ['../x', '"../x" is no name of a file in this directory'],
  ['/etc/passwd', '"/etc/passwd" is no name of a file in this directory'],
  ['a/../../x', '"a/../../x" is no name of a file in this directory'],
  ['a//x', '"a//x" is no name of a file in this directory'],
  ['./x', '"./x" is no name of a file in this directory'],
  ['..\\x', '"..\\\\x" is no name of a file in this directory'],
  ['x\u001b[2J', '"x\\u001b[2J" is no name of a file in this directory'],
  ['small.iso', 'small.iso stands there twice'],
])('a list with the name %j is refused', async (name, message) => {
  const directory = published();
  const file = path.join(directory, 'SHA256SUMS');
  writeFileSync(file, `${readFileSync(file, 'utf8')}${sha256('')}  ${name}\n`);
  await expect(verifying(directory, '--unsigned')).rejects.toThrow(`${file}:7: ${message}`);
  await expect(typeIn(['sign', directory, '--signing-key', secretKey()], recordingContext().context)).rejects.toThrow(
    message,
  );
});

test('a list that is cut short, empty, a page or huge is refused', async () => {
  const directory = published();
  const file = path.join(directory, 'SHA256SUMS');
  const text = readFileSync(file, 'utf8');
  const refused = async (content: string, message: string) => {
    writeFileSync(file, content);
    await expect(verifying(directory, '--unsigned')).rejects.toThrow(message);
  };
  await refused(text.slice(0, -1), 'its last line is not whole');
  await refused('', 'there is nothing in it');
  await refused('<html>\n', 'SHA256SUMS:1: is no line of a SHA-256 and a name');
  await refused('x'.repeat(2 ** 20 + 1), 'SHA256SUMS is larger than the 1048576 bytes that it may have');
});

test('a dossier whose documents do not agree is told', async () => {
  const told = async (name: string, change: (text: string) => string) => {
    const directory = published();
    const file = path.join(directory, name);
    const text = readFileSync(file, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(file, change(text));
    writeSums(directory);
    return (await verifying(directory, '--unsigned')).wrong;
  };
  expect(
    await told('small.spdx.json', (text) => text.replace(/"checksumValue": "\w{4}/, '"checksumValue": "0000')),
  ).toEqual([expect.stringMatching(/^wrong {8}small.spdx.json and contents.json differ in \S+ \S+ \S+$/)]);
  expect(await told('small.cdx.json', (text) => text.replaceAll(image.sha256, '0'.repeat(64)))).toEqual([
    'wrong        small.cdx.json has another sum of small.iso',
  ]);
  expect(await told('contents.json', (text) => text.replace('"inputHash": "0', '"inputHash": "1'))).toEqual([
    'wrong        contents.json is of another build than manifest.json',
  ]);
  expect(await told('manifest.json', (text) => text.replace('"sizeBytes":3', '"sizeBytes":4'))).toEqual([
    'wrong        manifest.json has other sums or sizes of small.iso',
  ]);
  expect(await told('manifest.json', () => '[]')).toEqual(['wrong        manifest.json is no manifest']);
  expect(await told('small.spdx.json', () => 'null')).toEqual(['wrong        small.spdx.json cannot be read']);
  expect(await told('files.gz', () => 'no')).toEqual(['wrong        files.gz is no list of files, or not all of one']);
});

test('nothing is signed that is not what its list says, and no directory without one', async () => {
  const directory = published();
  writeFileSync(path.join(directory, 'small.iso'), 'ISO');
  const sign = (where: string) => typeIn(['sign', where, '--signing-key', secretKey()], recordingContext().context);
  await expect(sign(directory)).rejects.toThrow('small.iso is another file than SHA256SUMS says');
  expect(statSync(path.join(directory, 'SHA256SUMS.minisig'), { throwIfNoEntry: false })).toBeUndefined();
  await expect(sign('/nowhere')).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('/nowhere/SHA256SUMS is not there'),
  });
  const { context } = recordingContext();
  await expect(typeIn(['sign', published()], context)).rejects.toMatchObject({ exitCode: 2 });
});

test('what was not locked is not built again, nor what is wrong', async () => {
  const directory = await signedDirectory();
  const { lines, code } = await verifying(directory, ...byKey, '--rebuild');
  expect(lines.at(-1)).toBe(
    'not claimed  the same bits again: it was not locked, and its repositories may have other packages now',
  );
  expect(code).toBe(1);
  writeFileSync(path.join(directory, 'small.iso'), 'ISO');
  expect((await verifying(directory, ...byKey, '--rebuild')).lines.join('\n')).not.toContain('the same bits again');
});
