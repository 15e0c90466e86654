import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { recogniseImage } from '../../scripts/image/index.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-recognise-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A file with bytes at places of it. */
function fileWith(length: number, ...parts: readonly (readonly [number, string | Buffer])[]): string {
  const bytes = Buffer.alloc(length);
  for (const [at, content] of parts) Buffer.from(content as string, 'latin1').copy(bytes, at);
  const file = path.join(directory, `image-${length}-${parts.length}`);
  writeFileSync(file, bytes);
  return file;
}
const number = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, Math.min(bytes, 6));
  return buffer;
};
const bootSector = [510, '\x55\xaa'] as const;

test.each([
  [
    'an ISO, and what may be missing at its end',
    fileWith(40_960, [0x8001, 'CD001'], [0x8050, number(20, 4)], [0x8080, number(2048, 2)]),
    { kind: 'iso', wantedBytes: 0 },
  ],
  [
    'a truncated ISO',
    fileWith(38_000, [0x8001, 'CD001'], [0x8050, number(900, 4)], [0x8080, number(2048, 2)]),
    { kind: 'iso', bytes: 38_000, wantedBytes: 1_536_000 },
  ],
  ['a raw disk', fileWith(2048, bootSector), { kind: 'disk', format: 'raw', wantedBytes: 2048 }],
  [
    'a truncated disk with a GPT',
    fileWith(4096, bootSector, [512, 'EFI PART'], [544, number(99, 8)]),
    { kind: 'disk', format: 'raw', wantedBytes: 51_200 },
  ],
  ['qcow2', fileWith(512, [0, 'QFI\xfb']), { kind: 'disk', format: 'qcow2' }],
  ['VMDK', fileWith(512, [0, 'KDMV'], bootSector), { kind: 'disk', format: 'vmdk' }],
  ['a VHD of fixed size', fileWith(1536, bootSector, [1024, 'conectix']), { kind: 'disk', format: 'vpc' }],
  ['VHDX', fileWith(600, [0, 'vhdxfile']), { kind: 'disk', format: 'vhdx' }],
  ['a kernel', fileWith(1024, bootSector, [0x202, 'HdrS']), { kind: 'kernel' }],
  ['a program of UEFI', fileWith(700, [0, 'MZ'], [60, number(128, 4)], [128, 'PE\0\0']), { kind: 'kernel' }],
  ['a directory', directory, { kind: 'pxe' }],
])('%s is known by its content', (_, file, expected) => {
  expect(recogniseImage(file)).toMatchObject(expected);
});

test.each([
  ['a compressed image', fileWith(100, [0, '\x1f\x8b']), /compressed \(gzip\)/, /gunzip/],
  ['text', fileWith(3000, [0, 'hello']), /neither ISO 9660/, /told by their content/],
  ['nothing', fileWith(0), /it is empty/, /told by/],
  ['no file', path.join(directory, 'absent.iso'), /no such file/, /takes the file/],
  ['a description of a VMDK', fileWith(99, [0, '# Disk DescriptorFile']), /only describes/, /-flat/],
])('%s is refused, with what to do', (_, file, message, hint) => {
  expect(() => recogniseImage(file)).toThrowError(
    expect.objectContaining({
      diagnostics: [
        expect.objectContaining({ message: expect.stringMatching(message), hint: expect.stringMatching(hint) }),
      ],
    }),
  );
});
