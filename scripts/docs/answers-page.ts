import { LATEST_VERSION, vocabulary } from 'kickstart-parser';
import { accepts } from '../configure/index.ts';
import { acceptedCommand } from '../installation/index.ts';
import { pageOf } from './generated-part.ts';
import { code, section, table } from './markdown.ts';

const page = {
  file: 'scripts/installation/README.md',
  head: '# The program that installs',
  source: 'scripts/installation/answers/accepted.ts and the grammar of kickstart-parser',
};

/** The page of the installer's program with what it and Anaconda make of the same answer file, by its path in the checkout. */
export function answersPage(checkout: string): ReadonlyMap<string, string> {
  // `partition` is another name of `part`; `reboot` and `poweroff` are different things.
  const known = vocabulary(LATEST_VERSION).filter(({ name }) => name !== 'partition');
  const refused = known.filter(({ name }) => acceptedCommand(name) === undefined);
  const rows = known.flatMap(({ name, options }) => differences(name, options));
  const alike = known.filter(
    ({ name }) => acceptedCommand(name) !== undefined && !rows.some(([first]) => first === code(name)),
  );
  const generated = section(
    `Answer files: this installer and Anaconda (${LATEST_VERSION})`,
    'Whatever is refused is told with its line before a disk is touched.',
    `Honoured with all options that Anaconda takes: ${code(...alike.map(({ name }) => name))}.`,
    `Commands that this installer refuses: ${code(...refused.map(({ name }) => name))}.`,
    table(
      ['Command', 'Honoured by both; with which values', 'Read, and changes nothing here: why', 'Refused here'],
      rows,
    ),
  );
  return pageOf(checkout, page, generated);
}

/** What differs of a command that both know: no row where nothing does. */
function differences(name: string, options: readonly string[]): string[][] {
  const accepted = acceptedCommand(name);
  if (accepted === undefined) return [];
  const { idle = {}, values = {}, refused = {} } = accepted;
  const left = options.filter((option) => !accepts(accepted, option));
  if (left.length === 0 && Object.keys({ ...idle, ...values }).length === 0) return [];
  const both = options.filter((option) => accepted.options.includes(option));
  return [[code(name), withReasons(both, values), withReasons([], idle), withReasons(left, refused)]];
}

/** Options, then those about which there is something to say; those of which the same is said stand together. */
function withReasons(options: readonly string[], reasons: Readonly<Record<string, string>>): string {
  const byReason = new Map<string, string[]>();
  for (const [option, reason] of Object.entries(reasons)) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), option]);
  }
  const plain = options.filter((option) => !(option in reasons));
  return [
    ...(plain.length === 0 ? [] : [code(...plain)]),
    ...[...byReason].map(([reason, alike]) => `${code(...alike)}: ${reason}`),
  ].join('; ');
}
