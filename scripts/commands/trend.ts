import path from 'node:path';
import { printable } from 'kickstart-parser/report';
import { flag, operands, option, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import { isBuilt, readBuiltSide, trendOf } from '../dossier/index.ts';
import { makeDirectory, writeWhole } from '../files/index.ts';
import { trendPage, trendText } from '../report/trend/index.ts';

export const name = 'trend';
export const help = {
  summary: 'tell how releases went: size, packages, memory at idle, services, boot, verdicts',
  more: 'of build directories in the order of their releases, with what tests left in them; `--html` writes a page with plots',
};
export const flags = {
  builds: operands(text('directory', 'directories'), 'what `phyllome build` left of each release, oldest first'),
  html: option(text('file', 'files'), 'write a page that needs nothing else'),
  json: flag('for programs'),
};

/**
 * Prints numbers of releases, or writes them as a page.
 * @throws UsageError where one of them is no build
 */
export async function run({ builds, html, json }: Values<typeof flags>, context: ReadingContext): Promise<void> {
  if (builds.length === 0) throw usage('which releases? name the build directory of each, oldest first');
  if (html !== undefined && json === true) throw usage('--html is for people, and --json for programs');
  const other = builds.find((one) => !isBuilt(one));
  if (other !== undefined) throw usage(`${other} is no build: it holds no manifest.json`);
  const releases = trendOf(builds.map(readBuiltSide));
  if (json === true) {
    context.print(JSON.stringify(releases, null, 2));
    return;
  }
  if (html === undefined) {
    context.print(trendText(releases));
    return;
  }
  const page = printable(await trendPage(releases));
  makeDirectory(path.dirname(path.resolve(html)));
  writeWhole(html, page);
  context.say(`written to ${html}`);
}

function usage(message: string): UsageError {
  return new UsageError({ code: 'usage', severity: 'error', message, hint: 'phyllome trend --help' });
}
