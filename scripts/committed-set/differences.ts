import type { Diagnostic } from '../diagnostic/index.ts';
import { type Comparison, inWords, type Notes, PARTS } from '../explain/index.ts';
import { type Cause, causesOf, type Pair } from './causes.ts';
import { kickstartsInWords } from './kickstart-names.ts';
import { type CommittedSet, readSet } from './read-set.ts';
import { TEMPLATES } from './record.ts';
import type { FreshSet } from './write-set.ts';

const HINT = '`phyllome render --all --update` writes the committed set anew; read its `git diff` before you commit it';

/**
 * What differs between a committed set and the kickstarts that are rendered now: one finding for each cause. Nothing
 * where every byte is the same.
 * @param committed the files of the set's folder by their names below it
 */
export function differencesFrom(committed: ReadonlyMap<string, string>, now: FreshSet): readonly Diagnostic[] {
  const names = new Set([...committed.keys(), ...now.files.keys()]);
  const different = [...names].filter((file) => committed.get(file) !== now.files.get(file)).sort();
  if (different.length === 0) return [];
  const before = readSet(committed);
  const found = [...ofKickstarts(before, now), ...strangeLines(before)];
  const told = found.length > 0 ? found : ofFiles(different, now);
  return told.map((diagnostic, index) => (index === told.length - 1 ? { ...diagnostic, hint: HINT } : diagnostic));
}

/** Every kickstart is as committed: what is written about them is not. */
function ofFiles(different: readonly string[], { files }: FreshSet): readonly Diagnostic[] {
  const stray = different.filter((file) => !files.has(file));
  const edited = different.filter((file) => files.has(file));
  return [
    ...(edited.length > 0
      ? [finding(`the kickstarts are as committed, but not what is written about them: ${edited.join(', ')}`)]
      : []),
    ...(stray.length > 0 ? [finding(`nothing writes this any more: ${stray.join(', ')}`)] : []),
  ];
}

function ofKickstarts(before: CommittedSet, now: FreshSet): readonly Diagnostic[] {
  const files = new Set(now.records.map(({ file }) => file));
  const all = new Set([...files, ...before.records.keys()]);
  const list = (some: Iterable<string>): string => kickstartsInWords(new Set(some), all);
  const come = [...files].filter((file) => !before.records.has(file));
  const gone = [...before.records.keys()].filter((file) => !files.has(file));
  const pairs = now.records.flatMap((record): readonly Pair[] => {
    const old = before.records.get(record.file);
    return old === undefined || old.sha256 === record.sha256 ? [] : [[old, record]];
  });
  const unread = pairs.filter(([old]) => old.profile === undefined).map(([, { file }]) => file);
  const { causes, moved } = causesOf(
    pairs.filter(([old]) => old.profile !== undefined),
    before.texts,
  );
  return [
    ...(come.length > 0 ? [finding(`${number(come.length)} not committed: ${list(come)}`)] : []),
    ...(gone.length > 0
      ? [finding(`${number(gone.length)} committed that no flavour renders any more: ${list(gone)}`)]
      : []),
    ...causes.map((cause) => ofCause(cause, list(cause.files))),
    ...[...moved.order].map(([part, some]) =>
      finding(`${part} stand in another order in ${count(some.size)}: ${list(some)}`),
    ),
    ...(moved.untold.size > 0
      ? [finding(`${number(moved.untold.size)} different in what no summary tells: ${list(moved.untold)}`)]
      : []),
    ...(moved.remarks.size > 0
      ? [finding(`only remarks or blank lines differ in ${count(moved.remarks.size)}: ${list(moved.remarks)}`)]
      : []),
    ...(unread.length > 0
      ? [finding(`${number(unread.length)} different, and no summary says from what: ${list(unread)}`)]
      : []),
  ];
}

function finding(message: string): Diagnostic {
  return { code: 'rendered-set', severity: 'error', message };
}

function count(kickstarts: number): string {
  return kickstarts === 1 ? 'one kickstart' : `${kickstarts} kickstarts`;
}

function number(kickstarts: number): string {
  return `${count(kickstarts)} ${kickstarts === 1 ? 'is' : 'are'}`;
}

/** A cause in the words of `phyllome diff`, and the kickstarts that it touches. */
function ofCause(cause: Cause, kickstarts: string): Diagnostic {
  // The first line of a whole file says nothing: its place is told behind its name.
  const at = cause.found.find((one) => one.at !== undefined && one.part !== 'files')?.at;
  const comparison: Comparison = Object.fromEntries(
    PARTS.map(
      (part) => [part, cause.found.filter((one) => one.part === part).map(({ change }) => change)] as const,
    ).filter(([, changes]) => changes.length > 0),
  );
  const notes: Notes = (_part, change) => {
    const one = cause.found.find((found) => found.change === change);
    const bases = one && one.files.size < cause.files.size ? [basesOf(one.files)] : [];
    const line = one?.part === 'files' ? '' : `:${one?.at?.start.line}`;
    const place = one?.at && one.at !== at ? [one.at.file + line] : [];
    return [...bases, ...place].join(', ') || undefined;
  };
  const message = `${inName(cause.by)} changes ${count(cause.files.size)}: ${kickstarts}\n${inWords(comparison, notes).trimEnd()}`;
  return { ...finding(message), ...(at && { span: at }) };
}

function inName(by: string): string {
  if (by === TEMPLATES) return 'what the templates say';
  if (by === '') return 'what is gone';
  return /^(?:flavour|hardware) /.test(by) ? by : `component ${by}`;
}

function basesOf(files: ReadonlySet<string>): string {
  return [...new Set([...files].map((file) => file.split('.')[1] ?? ''))].join(', ');
}

function strangeLines({ strange }: CommittedSet): readonly Diagnostic[] {
  return strange.map(({ file, line }) => finding(`${file}:${line}: this is no line of a summary`));
}
