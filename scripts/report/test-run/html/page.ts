import { readFile } from 'node:fs/promises';
import Handlebars from 'handlebars';
import type { TestRun } from '../../../test-run/index.ts';
import type { RunFiles } from './run-files.ts';
import { viewOf } from './view.ts';

/** The report as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export async function htmlPage(run: TestRun, files: RunFiles): Promise<string> {
  const part = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');
  const handlebars = Handlebars.create();
  // Everything but the style sheet is escaped: console lines and unit names are what the guest chose to say.
  const template = handlebars.compile(await part('report.html.hbs'), { strict: true, knownHelpersOnly: true });
  const sheets = await Promise.all(['../../page.css', 'style.css', 'figures.css'].map(part));
  const style = new Handlebars.SafeString(sheets.join('\n'));
  return template({ ...viewOf(run, files), style });
}
