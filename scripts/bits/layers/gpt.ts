import { type Entry, type Format, textOf, uuidInWords } from '../layer.ts';
import { partOf, type Source } from '../source.ts';

const SECTOR = 512;

/** UEFI, 5.3: a table of partitions, and what is before the first one for the BIOS. */
export const gpt: Format = {
  name: 'GPT',
  recognises: (source) => textOf(source, SECTOR, 8) === 'EFI PART',
  open: (source) => ({
    entries: partitionsOf(source),
    fields: [
      { name: 'boot code of the BIOS', kind: 'content', at: 0, length: 440 },
      { name: 'signature of the disk', kind: 'identifier', at: 440, length: 4 },
      { name: 'identifier of the disk', kind: 'identifier', at: SECTOR + 56, length: 16, show: guidInWords },
    ],
  }),
};

/** Partitions in the order of the table. */
export function partitionsOf(source: Source): readonly Entry[] {
  const header = source.read(SECTOR, SECTOR);
  const at = Number(header.readBigUInt64LE(72)) * SECTOR;
  const [count, size] = [header.readUInt32LE(80), header.readUInt32LE(84)];
  if (size < 128 || count > 1024) throw new Error('the table of partitions is damaged');
  const table = source.read(at, count * size);
  return Array.from({ length: count }, (_, index) => table.subarray(index * size, (index + 1) * size)).flatMap(
    (entry, index): readonly Entry[] => {
      if (entry.length < size || entry.subarray(0, 16).every((byte) => byte === 0)) return [];
      const first = Number(entry.readBigUInt64LE(32)) * SECTOR;
      const length = (Number(entry.readBigUInt64LE(40)) + 1) * SECTOR - first;
      const label = entry.toString('utf16le', 56, 128).replace(/\0.*$/s, '');
      return [
        {
          name: `partition ${index + 1}${label === '' ? '' : ` (${label})`}`,
          attributes: new Map([
            ['type', { kind: 'content', value: guidInWords(entry.subarray(0, 16)) }],
            ['identifier', { kind: 'identifier', value: guidInWords(entry.subarray(16, 32)) }],
            ['place', { kind: 'place', value: `${first}+${length}` }],
            ['attributes', { kind: 'content', value: entry.toString('hex', 48, 56) }],
          ]),
          content: partOf(source, first, length),
          extents: [{ at: first, length }],
        },
      ];
    },
  );
}

/** The first three groups are numbers with the lowest byte first. */
function guidInWords(bytes: Buffer): string {
  const turned = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((index) => bytes[index] ?? 0);
  return uuidInWords(Buffer.from(turned));
}
