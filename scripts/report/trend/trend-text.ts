import { columns, sizeInWords } from '../../diagnostic/index.ts';
import type { Release } from '../../dossier/index.ts';

const UNKNOWN = '-';

/** Columns of the table, on the terminal and on the page. */
export const trendColumns: readonly { readonly title: string; readonly cell: (release: Release) => string }[] = [
  { title: 'release', cell: ({ name }) => name },
  { title: 'packages of', cell: ({ packagesOf }) => packagesOf ?? UNKNOWN },
  { title: 'image', cell: ({ imageBytes }) => bytes(imageBytes) },
  { title: 'unpacked', cell: ({ installedBytes }) => bytes(installedBytes) },
  { title: 'packages', cell: ({ packages }) => number(packages) },
  { title: 'idle', cell: ({ idleMiB }) => (idleMiB === undefined ? UNKNOWN : `${idleMiB} MiB`) },
  { title: 'services', cell: ({ services }) => number(services) },
  { title: 'boot', cell: ({ phases }) => (phases === undefined ? UNKNOWN : `${seconds(phases)} s`) },
  { title: 'tests', cell: verdictsInWords },
];

const bytes = (value: number | undefined) => (value === undefined ? UNKNOWN : sizeInWords(value));
const number = (value: number | undefined) => (value === undefined ? UNKNOWN : String(value));

function seconds({ kernelMs, initramfsMs, userspaceMs }: NonNullable<Release['phases']>): string {
  return ((kernelMs + initramfsMs + userspaceMs) / 1000).toFixed(1);
}

function verdictsInWords({ verdicts }: Release): string {
  if (verdicts.length === 0) return UNKNOWN;
  const failed = verdicts.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name);
  const passed = `${verdicts.length - failed.length} of ${verdicts.length} passed`;
  return failed.length === 0 ? passed : `${passed}; failed: ${failed.join(', ')}`;
}

/** A line for each release. */
export function trendText(releases: readonly Release[]): string {
  const rows = [
    trendColumns.map(({ title }) => title),
    ...releases.map((one) => trendColumns.map(({ cell }) => cell(one))),
  ];
  return [...columns(rows), ...trendNotes(releases).map((note) => `\n${note}`)].join('\n');
}

/** What is to be known before numbers are compared. */
export function trendNotes(releases: readonly Release[]): readonly string[] {
  const tests = new Set(releases.flatMap(({ measuredBy }) => measuredBy ?? []));
  const machines = new Set(releases.flatMap(({ machine }) => machine ?? []));
  const kinds = new Set(releases.map(({ flavour, base }) => `${flavour} on ${base}`));
  return [
    ...(kinds.size > 1 ? [`These are ${[...kinds].join(', ')}: not one image over time.`] : []),
    ...(tests.size > 0
      ? [`Memory, services and boot are those of ${tests.size > 1 ? 'tests' : 'test'} ${[...tests].join(', ')}.`]
      : []),
    ...(machines.size > 1
      ? [`Machines differed (${[...machines].join('; ')}): times and memory cannot be compared.`]
      : []),
  ];
}
