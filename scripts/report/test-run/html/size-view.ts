import { alongInWords, compressedWords, type ImageSize, mebibytes } from '../../../dossier/index.ts';

/** Smaller ones are told by `phyllome size --json`. */
const SHOWN_BYTES = 1024 ** 2;

/** What takes how much in the image, in words and per cents of the largest. */
export function sizeView(size: ImageSize) {
  const { total, compressedBy, bringers, removals } = size;
  const isKnown = compressedBy !== 'unknown';
  const most = Math.max(1, ...bringers.map(({ installedBytes }) => installedBytes));
  const percent = (bytes: number) => Math.round((bytes / most) * 10_000) / 100;
  const columns = ({ installedBytes, compressedBytes }: { installedBytes: number; compressedBytes: number }) => ({
    installed: mebibytes(installedBytes),
    compressed: isKnown ? mebibytes(compressedBytes) : '',
  });
  return {
    installed: mebibytes(total.installedBytes),
    compressed: isKnown ? mebibytes(total.compressedBytes) : '',
    bringers: bringers
      .filter(({ installedBytes }) => installedBytes >= SHOWN_BYTES / 10)
      .map((one) => ({
        name: one.name,
        ...columns(one),
        first: percent(isKnown ? one.compressedBytes : one.installedBytes),
        second: isKnown ? percent(one.installedBytes - one.compressedBytes) : 0,
      })),
    packages: bringers
      .flatMap(({ packages }) => packages)
      .filter(({ installedBytes }) => installedBytes >= SHOWN_BYTES)
      .sort((a, b) => b.installedBytes - a.installedBytes)
      .map((one) => ({ name: one.name, why: one.why, ...columns(one) })),
    removals: removals.map((one) => ({
      name: `${one.name}${alongInWords(one)}`,
      breaks:
        one.breaks.length === 0
          ? 'nothing that is asked for: a recommendation brought it'
          : one.breaks.map(({ name, by }) => `${name} of ${by}`).join(', '),
      ...columns(one),
    })),
    note: compressedWords[compressedBy],
  };
}
