import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ReportedError } from '../../../scripts/diagnostic/index.ts';
import { checksumFor } from '../../../scripts/engines/fedora-iso/checksum-file.ts';
import { findIso, type IsoRequest } from '../../../scripts/engines/fedora-iso/verify.ts';
import { readVolume } from '../../../scripts/engines/fedora-iso/volume.ts';
import { RecordingRunner } from '../../../scripts/process/index.ts';

const name = 'Fedora-Everything-netinst-x86_64-44-1.7.iso';

/** A file with the descriptor of an ISO 9660 image. */
function medium(volumeId = 'Fedora-E-dvd-x86_64-44') {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-iso-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, name);
  const image = Buffer.alloc(40 * 2048);
  image.write('\u0001CD001\u0001', 32768, 'latin1');
  image.write(volumeId.padEnd(32), 32768 + 40, 'latin1');
  image.writeUInt32LE(40, 32768 + 80);
  image.write('2026041210304500', 32768 + 813, 'latin1');
  writeFileSync(file, image);
  const sha256 = createHash('sha256').update(image).digest('hex');
  const made: string[] = [];
  const find = (request: Partial<IsoRequest> = {}, runner = new RecordingRunner(() => ({ exitCode: 1 }))) =>
    findIso(
      { iso: file, release: '44', ...request },
      {
        runner,
        toolsRoot: async () => {
          made.push('tools');
          return '/tools';
        },
        cacheDirectory: path.join(directory, 'cache'),
        say: () => {},
      },
    );
  return { directory, file, sha256, find, made };
}

async function code(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    return error.diagnostics[0]?.code;
  }
}

test('a medium whose checksum is right is taken, and known from then on', async () => {
  const { find, sha256, file } = medium();
  const found = await find({ sha256 });
  expect(found).toMatchObject({ sha256, volume: { id: 'Fedora-E-dvd-x86_64-44', bytes: 81920 } });
  expect(await code(find())).toBeUndefined();
  expect((await find({ iso: undefined as never })).file).toBe(file);
  expect((await find({ iso: undefined as never, sha256 })).file).toBe(file);
  expect(await code(find({ iso: undefined as never, sha256: '1'.repeat(64) }))).toBe('iso-none');
});

test('a medium that changed since counts no more', async () => {
  const { find, sha256, file } = medium();
  await find({ sha256 });
  appendFileSync(file, 'x');
  expect(await code(find())).toBe('iso-unsigned');
});

test.each<[string, string, Partial<IsoRequest>, string]>([
  ['of another release', 'Fedora-E-dvd-x86_64-43', {}, 'iso-wrong-release'],
  ['a live medium', 'Fedora-WS-Live-44', {}, 'iso-wrong-medium'],
  ['somebody else’s', 'DEBIAN 13', {}, 'iso-wrong-medium'],
  ['without a checksum', 'Fedora-E-dvd-x86_64-44', {}, 'iso-unsigned'],
  ['with a wrong checksum', 'Fedora-E-dvd-x86_64-44', { sha256: '0'.repeat(64) }, 'iso-wrong-checksum'],
])('%s it is refused', async (_name, volumeId, request, expected) => {
  expect(await code(medium(volumeId).find(request))).toBe(expected);
});

test('a truncated medium is refused, and one that is none', async () => {
  const { file, find, directory } = medium();
  truncateSync(file, 39 * 2048);
  expect(await code(find())).toBe('iso-truncated');
  writeFileSync(file, 'text');
  expect(await code(find())).toBe('iso-no-iso');
  expect(await code(find({ iso: path.join(directory, 'gone.iso') }))).toBe('iso-missing');
  expect(await code(find({ iso: path.join(file, 'below.iso') }))).toBe('iso-missing');
  expect(await code(find({ iso: directory }))).toBe('iso-no-iso');
});

test('no medium at all is a usage error, told before minutes are spent on a tools tree', async () => {
  const { find, made, directory } = medium();
  expect(await code(find({ iso: undefined as never }))).toBe('iso-none');
  expect(await code(find({ iso: path.join(directory, 'gone.iso') }))).toBe('iso-missing');
  expect(await code(find({}))).toBe('iso-unsigned');
  expect(made).toEqual([]);
});

test('a list or a key that is a device is not read', async () => {
  const { find, directory, sha256, made } = medium();
  const list = path.join(directory, 'CHECKSUM');
  writeFileSync(list, `SHA256 (${name}) = ${sha256}\n`);
  expect(await code(find({ checksum: '/dev/zero' }))).toBe('iso-unreadable-list');
  expect(await code(find({ key: '/dev/zero' }))).toBe('iso-unreadable-list');
  expect(await code(find({ key: path.join(directory, 'gone') }))).toBe('iso-unreadable-list');
  expect(made).toEqual([]);
});

test('a CHECKSUM file with a signature that is not good is refused', async () => {
  const { find, directory, sha256 } = medium();
  const list = path.join(directory, 'CHECKSUM');
  writeFileSync(list, `SHA256 (${name}) = ${sha256}\n`);
  const key = path.join(directory, 'key');
  writeFileSync(key, 'a key');
  expect(await code(find({ key }))).toBe('iso-bad-signature');
  // One that is good, but for another text: only what is under the signature counts.
  const other = new RecordingRunner(({ argv }) => {
    const output = argv.find((word) => word.startsWith('--output='))?.slice('--output='.length) ?? '';
    writeFileSync(output, `SHA256 (other.iso) = ${sha256}\n`);
    return {};
  });
  expect(await code(find({ key }, other))).toBe('iso-not-listed');
});

test('the CHECKSUM file beside the medium is used', async () => {
  const { find, directory, sha256 } = medium();
  const list = path.join(directory, 'Fedora-Everything-44-1.7-x86_64-CHECKSUM');
  writeFileSync(list, `# ${name}: 5 bytes\nSHA256 (${name}) = ${sha256}\n`);
  const good = new RecordingRunner(({ argv }) => {
    expect(argv.at(-1)).toBe(list);
    writeFileSync(argv.find((word) => word.startsWith('--output='))?.slice(9) ?? '', `SHA256 (${name}) = ${sha256}\n`);
    return {};
  });
  const key = path.join(directory, 'key');
  writeFileSync(key, 'a key');
  expect((await find({ key }, good)).sha256).toBe(sha256);
  expect(good.commands[0]?.argv).toContain('sqv');
});

test('when a medium was made is read from it', () => {
  expect(readVolume(medium().file).madeAt).toBe(Date.UTC(2026, 3, 12, 10, 30, 45) / 1000);
});

test('checksums are read by exact name', () => {
  const sum = 'c'.repeat(64);
  expect(checksumFor('a.iso', `SHA256 (xa.iso) = ${'d'.repeat(64)}\nSHA256 (a.iso) = ${sum}\n`)).toBe(sum);
  expect(checksumFor('b.iso', `SHA256 (a.iso) = ${sum}\n`)).toBeUndefined();
});
