import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostic/index.ts';

const HINT = 'look at it with `git diff` after `phyllome render --all --out test/golden`, then commit it';
const CONTEXT_LINES = 2;
const SHOWN_LINES = 6;

/** What differs between the committed kickstarts of a folder and those rendered now: one finding for each file. */
export function differencesFrom(folder: string, rendered: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const committed = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.ks')) : [];
  const stale = committed
    .filter((file) => !rendered.has(file))
    .map((file) => finding(folder, file, 'no flavour renders this any more: remove it'));
  const different = [...rendered].flatMap(([file, text]) => {
    if (!committed.includes(file)) return [finding(folder, file, 'is not committed')];
    const before = readFileSync(path.join(folder, file), 'utf8');
    return before === text ? [] : [finding(folder, file, `differs\n${firstDifference(before, text)}`)];
  });
  return [...different, ...stale];
}

function finding(folder: string, file: string, message: string): Diagnostic {
  return {
    code: 'rendered-set',
    severity: 'error',
    message: `${path.join(path.basename(folder), file)}: ${message}`,
    hint: HINT,
  };
}

/** The first place where two texts part, as a diff would show it. */
function firstDifference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const start = old.findIndex((line, index) => line !== now[index]);
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--;
    nowEnd--;
  }
  const shown = (sign: string, lines: readonly string[]) => [
    ...lines.slice(0, SHOWN_LINES).map((line) => `${sign}${line}`),
    ...(lines.length > SHOWN_LINES ? [`${sign}… ${lines.length - SHOWN_LINES} more`] : []),
  ];
  return [
    `@@ line ${start + 1} @@`,
    ...old.slice(Math.max(0, start - CONTEXT_LINES), start).map((line) => ` ${line}`),
    ...shown('-', old.slice(start, oldEnd)),
    ...shown('+', now.slice(start, nowEnd)),
  ].join('\n');
}
