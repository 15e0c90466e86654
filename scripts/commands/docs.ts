import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type AllVerbs, flag, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { answersPage, componentPages, labPage, readme } from '../docs/index.ts';
import { checkoutDirectory } from '../places/index.ts';
import { checkoutOnly } from './checkout-only.ts';

export const name = 'docs';
export const help = {
  summary:
    'write the generated tables of README.md, overlays/NAME/README.md and of scripts/{lab,installation}/README.md',
};
export const flags = { check: flag('fail where a page is not as its sources say') };

/**
 * Writes the tables of every component's page, `overlays/NAME/README.md`, of the lab's, `scripts/lab/README.md`, of the
 * installer's, `scripts/installation/README.md`, and of verbs in `README.md`.
 * @throws ReportedError `stale-page` with `check`, where a page is not as it would be written
 */
export async function run(
  options: Values<typeof flags>,
  { places, print }: ReadingContext,
  { declarations }: AllVerbs,
): Promise<void> {
  checkoutOnly('phyllome docs');
  const { checkout } = places;
  const pages = new Map([
    ...componentPages(checkoutDirectory(checkout)),
    ...labPage(checkout),
    ...answersPage(checkout),
    ...readme(checkout, await declarations()),
  ]);
  const stale = [...pages].filter(([file, text]) => {
    const absolute = path.join(places.checkout, file);
    return !existsSync(absolute) || readFileSync(absolute, 'utf8') !== text;
  });
  if (options.check === true) {
    if (stale.length > 0) throw staleError(stale.map(([file]) => file));
    print(`${pages.size} pages are as their sources say`);
    return;
  }
  for (const [file, text] of stale) writeFileSync(path.join(places.checkout, file), text);
  print(
    stale.length === 0 ? `${pages.size} pages are as they were` : stale.map(([file]) => `wrote ${file}`).join('\n'),
  );
}

function staleError(files: readonly string[]): ReportedError {
  return new ReportedError(
    files.map((file) => ({
      code: 'stale-page',
      severity: 'error',
      message: `${file} is not what its sources say now`,
      hint: '`phyllome docs` writes it; then commit it',
    })),
  );
}
