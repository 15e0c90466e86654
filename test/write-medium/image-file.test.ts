import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkedImage, kindOf, openImage, promisedChecksum } from '../../scripts/write-medium/image-file.ts';
import { scratchDirectory } from '../commands/recording-context.ts';

/** Some bytes at their places, in an image's first ones. */
function beginning(...parts: readonly (readonly [at: number, text: string])[]): Buffer {
  const buffer = Buffer.alloc(64 * 1024);
  for (const [at, text] of parts) buffer.write(text, at, 'latin1');
  return buffer;
}

const bootSector = [510, '\x55\xaa'] as const;
const iso = [32_769, 'CD001'] as const;

test.each([
  ['an ISO for sticks and drives', [bootSector, iso, [512, 'EFI PART']], { format: 'iso', sectorBytes: 512 }],
  ['an ISO without GPT', [bootSector, iso], { format: 'iso' }],
  ['a disk', [bootSector, [512, 'EFI PART']], { format: 'raw', sectorBytes: 512 }],
  ['a disk with large sectors', [bootSector, [4096, 'EFI PART']], { format: 'raw', sectorBytes: 4096 }],
  ['a qcow2', [[0, 'QFI\xfb']], { format: 'qcow2' }],
] as const)('%s is known by its beginning', (_, parts, kind) => {
  expect(kindOf(beginning(...parts), 'x')).toEqual(kind);
});

test.each([
  ['xz', '\xfd7zXZ\0', 'x.iso.xz is packed by xz; Unpack it first: xz -dk x.iso.xz'],
  ['gzip', '\x1f\x8b\x08', 'x.iso.xz is packed by gzip; Unpack it first: gzip -dk x.iso.xz'],
  ['zstd', '\x28\xb5\x2f\xfd', 'x.iso.xz is packed by zstd; Unpack it first: zstd -d x.iso.xz'],
] as const)('an image that is packed by %s is to be unpacked first', (_, magic, words) => {
  expect(refusedAs(() => kindOf(beginning([0, magic]), 'x.iso.xz'))).toBe(words);
});

test('what nothing starts from is no image', () => {
  expect(refusedAs(() => kindOf(beginning(iso), 'x.iso'))).toMatch(
    /^x\.iso is a CD image that starts from CD drives only; /,
  );
  expect(refusedAs(() => kindOf(Buffer.alloc(0), 'x'))).toMatch(
    /^x is no image of a disk: it has no partition table; /,
  );
});

function refusedAs(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const [found] = (error as { readonly diagnostics: readonly { message: string; hint: string }[] }).diagnostics;
    return `${found?.message}; ${found?.hint}`;
  }
  return 'not refused';
}

test('an image is compared with the list of checksums beside it, if it is in there', async () => {
  const file = path.join(scratchDirectory(), 'x.iso');
  writeFileSync(file, beginning(bootSector, iso));
  truncateSync(file, 3 * 2 ** 20);
  const sums = path.join(path.dirname(file), 'SHA256SUMS');
  expect(promisedChecksum(file)).toBeUndefined();
  const sum = createHash('sha256').update(
    Buffer.concat([beginning(bootSector, iso), Buffer.alloc(3 * 2 ** 20 - 65_536)]),
  );
  const right = sum.digest('hex');
  writeFileSync(sums, `${'0'.repeat(64)}  other.iso\n${right}  x.iso\n`);
  expect(promisedChecksum(file)).toBe(right);
  const image = await openImage(file);
  const told: number[] = [];
  const following = { onProgress: (bytes: number) => void told.push(bytes), signal: new AbortController().signal };
  expect(await checkedImage(image, right, following)).toBe(right);
  expect(told).toEqual([1, 2, 3].map((mebibytes) => mebibytes * 2 ** 20));
  await expect(checkedImage(image, '0'.repeat(64), following)).rejects.toThrow(
    `${file} is not what its SHA256SUMS promises: its SHA-256 is ${right}, and not 000`,
  );
  await expect(checkedImage(image, right, { ...following, signal: AbortSignal.abort() })).rejects.toMatchObject({
    exitCode: 130,
  });
  await image.handle.close();
  writeFileSync(sums, `${'0'.repeat(64)}  other.iso\n`);
  expect(promisedChecksum(file)).toBeUndefined();
});

test('a directory is no image', async () => {
  await expect(openImage(scratchDirectory())).rejects.toThrow('is no file');
});
