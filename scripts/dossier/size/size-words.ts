import { sizeInWords } from '../../diagnostic/index.ts';
import type { Bringer, ImageSize } from './image-size.ts';
import type { Removal } from './removals.ts';
import type { CompressedBy, Share } from './shares.ts';

/** Smaller packages are counted together. */
const SHOWN_BYTES = 1024 ** 2;

/** How the compressed sizes were found out, as people are told. */
export const compressedWords: Readonly<Record<CompressedBy, string>> = {
  'shared by .deb':
    'Compressed sizes are estimates: the measured size of the root file system, shared out by how well the .deb of each package is compressed.',
  'shared by size':
    'Compressed sizes are rough estimates: the measured size of the root file system, shared out by installed size, as this build did not note the sizes of .deb files.',
  'as in .deb': 'Compressed sizes are estimates, by how well the .deb of each package is compressed.',
  unknown: 'Compressed sizes are not known: this build did not note the sizes of .deb files.',
};

/** A size as text: what people read; `--json` has all of it. */
export function sizeInText(size: ImageSize): string {
  const isKnown = size.compressedBy !== 'unknown';
  const columns = (share: Pick<Share, 'installedBytes' | 'compressedBytes'>) =>
    [share.installedBytes, ...(isKnown ? [share.compressedBytes] : [])]
      .map((bytes) => mebibytes(bytes).padStart(11))
      .join('');
  const heading = ['installed', ...(isKnown ? ['compressed'] : [])].map((word) => word.padStart(11)).join('');
  return [
    `${size.flavour} on ${size.base}: ${sizeInWords(size.total.installedBytes)} in ${size.total.files} files`,
    ...size.images.map(({ file, bytes, parts }) => {
      const named = parts.map((part) => `${part.name} ${mebibytes(part.bytes)}`).join(', ');
      return `  ${file}: ${sizeInWords(bytes)}${named === '' ? '' : ` (${named})`}`;
    }),
    '',
    `${heading}  MiB`,
    ...size.bringers.flatMap((one) => [
      `${columns(one)}  ${one.name}${aloneInWords(one)}`,
      ...packagesOf(one, columns),
    ]),
    `${columns(size.total)}  in all`,
    '',
    'What could be left out, the most for each thing that breaks first:',
    ...(size.removals.length === 0 ? ['  nothing that no system needs to start'] : []),
    ...size.removals.flatMap((one) => [`${columns(one)}  ${one.name}${alongInWords(one)}`, ...lossesOf(one, isKnown)]),
    '',
    compressedWords[size.compressedBy],
  ].join('\n');
}

/** Without the unit, for columns. */
export const mebibytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);

function aloneInWords({ alone, installedBytes, packages }: Bringer): string {
  if (packages.length === 0) return '';
  const shared = installedBytes - alone.installedBytes;
  return shared < SHOWN_BYTES / 10 ? '' : `, of which others would bring ${mebibytes(shared)}`;
}

function packagesOf(
  { packages, ownFiles }: Bringer,
  columns: (share: Pick<Share, 'installedBytes' | 'compressedBytes'>) => string,
): readonly string[] {
  const shown = packages.filter(({ installedBytes }) => installedBytes >= SHOWN_BYTES);
  const rest = packages.slice(shown.length);
  const sum = (key: 'installedBytes' | 'compressedBytes') => rest.reduce((all, one) => all + one[key], 0);
  const restShare = { installedBytes: sum('installedBytes'), compressedBytes: sum('compressedBytes') };
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  return [
    ...shown.map((one) => `${columns(one)}    ${one.name}  # ${one.why}`),
    ...(rest.length > 0
      ? [`${columns(restShare)}    ${counted(rest.length, shown.length > 0 ? 'smaller package' : 'package')}`]
      : []),
    ...(ownFiles && packages.length > 0
      ? [`${columns(ownFiles)}    ${counted(ownFiles.files, 'file')} of its own`]
      : []),
  ];
}

/** `, with libfoo, libbar and 3 more` */
export function alongInWords({ along }: Pick<Removal, 'along'>): string {
  if (along.length === 0) return '';
  const shown = along.length > 4 ? along.slice(0, 3) : along;
  const more = along.length - shown.length;
  return `, with ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function lossesOf({ breaks }: Removal, isKnown: boolean): readonly string[] {
  const indent = ' '.repeat(isKnown ? 26 : 15);
  if (breaks.length === 0) return [`${indent}nothing that is asked for breaks: a recommendation brought it`];
  return breaks.map(({ kind, name, by, said }) =>
    kind === 'package' ? `${indent}${by} asks for ${name}  # ${said}` : `${indent}${by} enables ${name}: ${said}`,
  );
}
