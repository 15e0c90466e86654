import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { printable } from 'kickstart-parser/report';
import { makeDirectory } from '../../files/index.ts';
import type { TestRun } from '../../test-run/index.ts';
import { htmlPage } from './html/page.ts';
import { readRunFiles } from './html/run-files.ts';
import { junitXml } from './junit.ts';
import { markdownSummary } from './markdown.ts';
import { tapText } from './tap.ts';

/**
 * Writes `results.json`, `junit.xml`, `results.tap`, `summary.md` and `report.html` beside the logs of the run, if it left any: a
 * reused one has none.
 */
export async function writeTestRun(run: TestRun, runDir: string): Promise<void> {
  makeDirectory(runDir);
  await writeFile(path.join(runDir, 'results.json'), `${printable(JSON.stringify(run, null, 2))}\n`);
  await writeFile(path.join(runDir, 'junit.xml'), junitXml(run));
  await writeFile(path.join(runDir, 'results.tap'), tapText([run]));
  await writeFile(path.join(runDir, 'summary.md'), markdownSummary([run]));
  await writeFile(path.join(runDir, 'report.html'), printable(await htmlPage(run, await readRunFiles(run, runDir))));
}
