import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { type Attribute, type Entry, type Format, modeOf, textOf, timeInWords } from '../layer.ts';
import { fileSource } from '../source.ts';

/** Read by unsquashfs: what is inside is packed in pieces. */
export const squashfs: Format = {
  name: 'SquashFS',
  recognises: (source) => textOf(source, 0, 4) === 'hsqs',
  open: async (source, means) => {
    const [image, directory] = [means.asFile(source), means.newPath('squashfs')];
    const listing = await means.run(['unsquashfs', '-lln', '-full-precision', '-UTC', '-d', '', image]);
    await means.run(['unsquashfs', '-quiet', '-no-progress', '-no-xattrs', '-no-exit-code', '-d', directory, image]);
    // Files of other accounts are those of other users of the namespace here. Modes are told from the list, and nobody else comes in.
    await means.run(['chmod', '-R', 'a+rX', directory]);
    return {
      entries: listing.split('\n').flatMap((line) => entryOf(line, directory)),
      fields: [
        {
          name: 'time of making',
          kind: 'time stamp',
          at: 8,
          length: 4,
          show: (bytes) => timeInWords(bytes.readUInt32LE()),
        },
        { name: 'header', kind: 'place', at: 12, length: 84 },
      ],
    };
  },
};

/** `-rw-r--r-- 0/0   1234 2026-12-01 01:02:03 /etc/fstab`; a device has two numbers in the place of a size. */
function entryOf(line: string, directory: string): readonly Entry[] {
  const [, mode, owner, size, time, rest = ''] =
    /^(\S{10}) (\d+\/\d+) +(\d+(?:, *\d+)?) (\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?) (.*)$/.exec(line) ?? [];
  if (mode === undefined || owner === undefined || time === undefined) return [];
  const [name = '', target = ''] = mode.startsWith('l') ? rest.split(' -> ') : [rest];
  const file = path.join(directory, name);
  return [
    {
      name: name === '' ? '/' : name,
      attributes: new Map<string, Attribute>([
        ['mode', modeOf(mode)],
        ['owner', modeOf(owner)],
        ['modified', { kind: 'time stamp', value: time }],
        ['size', { kind: 'content', value: mode.startsWith('-') ? `${size} bytes` : '' }],
        ['link', { kind: 'content', value: target || linkAt(file) }],
      ]),
      ...(mode.startsWith('-') && existsSync(file) && { content: fileSource(file) }),
    },
  ];
}

const linkAt = (file: string): string =>
  lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(file) : '';
