import { gunzipSync } from 'node:zlib';
import { type Entry, type Format, textOf, timeInWords } from '../layer.ts';
import { bytesSource, fileSource, type Source } from '../source.ts';

/** An initramfs or a package's file unpacks to no more; somebody else's may to more than there is memory. */
const MOST_BYTES = 2 ** 30;

const unpacked = (content: Source): readonly Entry[] => [{ name: 'unpacked', attributes: new Map(), content }];
const startsWith = (source: Source, digits: string) => source.read(0, digits.length / 2).toString('hex') === digits;

export const gzip: Format = {
  name: 'gzip',
  recognises: (source) => startsWith(source, '1f8b'),
  open: (source) => ({
    entries: unpacked(bytesSource(gunzipSync(source.read(0, source.size), { maxOutputLength: MOST_BYTES }))),
    fields: [
      { name: 'time', kind: 'time stamp', at: 4, length: 4, show: (bytes) => timeInWords(bytes.readUInt32LE()) },
    ],
  }),
};

export const zstd: Format = {
  name: 'zstd',
  recognises: (source) => startsWith(source, '28b52ffd'),
  open: async (source, means) => {
    const [packed, file] = [means.asFile(source), means.newPath('unpacked')];
    await means.run(['zstd', '-dqf', packed, '-o', file]);
    return { entries: unpacked(fileSource(file)), fields: [] };
  },
};

/** A disk of QEMU's: compared as the disk that a machine sees. */
export const qcow2: Format = {
  name: 'qcow2',
  recognises: (source) => textOf(source, 0, 4) === 'QFI\u00fb',
  open: async (source, means) => {
    const [image, file] = [means.asFile(source), means.newPath('disk')];
    await means.run(['qemu-img', 'convert', '-O', 'raw', image, file]);
    return {
      entries: [{ name: 'the disk', attributes: new Map(), content: fileSource(file) }],
      fields: [{ name: 'header', kind: 'content', at: 0, length: 512 }],
    };
  },
};
