import type { PlacedStatement } from '../render/index.ts';
import { type Found, isStatedAway, isUnimportant } from './found.ts';
import type { Judgement } from './judge.ts';

/** A judgement for people: what can be mended first, by urgency. What is unimportant is only counted, unless `all`. */
export function inWords(judgement: Judgement, all: boolean): string {
  const { flavour, base, data, looked, found, release } = judgement;
  const of = data.of === 'updateinfo.xml' ? `${looked} packages` : `${looked} source packages`;
  const age = data.ageDays === 0 ? 'today' : data.ageDays === 1 ? '1 day old' : `${data.ageDays} days old`;
  const away = found.filter(isStatedAway);
  const counted = found.filter((one) => !isStatedAway(one));
  const told = counted.filter((one) => all || !isUnimportant(one));
  const waiting = told.filter(({ fixed }) => fixed !== undefined);
  const open = told.filter((one) => one.fixed === undefined && one.state === 'open');
  const unsure = told.filter((one) => one.fixed === undefined && one.state === 'undetermined');
  const silent = counted.length - told.length;
  return [
    `${flavour} on ${base}: ${of} by ${sayer(data.of)}, copy of ${data.dated.slice(0, 10)} (${age})`,
    ...group(`a fix is waiting: ${waiting.length}`, waiting),
    ...group(`open, without a fix in ${release} yet: ${open.length}`, open),
    ...group(`nobody has found out yet whether ${release} has it: ${unsure.length}`, unsure),
    ...(away.length > 0 ? group(`by what the flavour states, not in the image: ${away.length}`, away) : []),
    ...(silent > 0 ? ['', `and ${silent} that Debian calls unimportant: --all tells them`] : []),
    '',
    ...limits(data.of),
  ].join('\n');
}

const sayer = (of: Judgement['data']['of']): string =>
  of === 'updateinfo.xml' ? "the updates' own list (updateinfo.xml)" : "Debian's Security Tracker";

function group(title: string, found: readonly Found[]): readonly string[] {
  const urgencies = [...new Set(found.map(({ urgency }) => urgency))];
  return [
    '',
    title,
    ...urgencies.flatMap((urgency) => [
      `  ${urgency}`,
      ...rows(found.filter((one) => one.urgency === urgency)).map((line) => `    ${line}`),
    ]),
  ];
}

/** Columns of one urgency; below each why its package is there. */
function rows(found: readonly Found[]): readonly string[] {
  const widths = [found.map(({ id }) => id), found.map(versions)].map((column) =>
    Math.max(...column.map((text) => text.length)),
  );
  return found.flatMap((one) => {
    const rest = [packagesOf(one), one.scope ?? '', one.note ?? ''].filter((part) => part !== '');
    const row = [one.id.padEnd(widths[0] ?? 0), versions(one).padEnd(widths[1] ?? 0), rest.join('; ')];
    return [
      row.join('  ').trimEnd(),
      ...(one.why === undefined ? [] : [`  ${one.why}`]),
      ...(one.statement === undefined ? [] : [`  ${statementInWords(one.statement)}`]),
    ];
  });
}

function statementInWords({ status, justification, reason, until, file, line }: PlacedStatement): string {
  const words = [status, ...(justification === undefined ? [] : [justification])].map((word) =>
    word.replaceAll('_', ' '),
  );
  return `${words.join(', ')}: ${reason} (until ${until}, ${file}:${line})`;
}

const versions = ({ source, installed, fixed }: Found): string =>
  `${source} ${installed}${fixed === undefined ? '' : ` → ${fixed}`}`;

/** Only where they are not called as their source. */
function packagesOf({ source, packages }: Found): string {
  const shown = packages.slice(0, 3);
  const more = packages.length - shown.length;
  if (packages.length === 1 && packages[0] === source) return '';
  return `in ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What such data cannot tell. */
function limits(of: Judgement['data']['of']): readonly string[] {
  return of === 'updateinfo.xml'
    ? [
        'Not told by such data: vulnerabilities that no update mends yet, those whose update names none, and those of updates that',
        'the repository lists no more, as a newer one took their place.',
      ]
    : ['Not told by such data: files that components add, and programs that people bring themselves.'];
}
