import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuiltImage } from '../../build/index.ts';
import type { Context } from '../../context/index.ts';
import { readJson } from '../../files/index.ts';
import { type TestRun, writeCapsule } from '../../test-run/index.ts';
import { rateInWords, rateOf } from './rate.ts';
import { summarizeTestRun } from './summary.ts';
import { writeTestRun } from './write-test-run.ts';

/** Writes the report of a run and, when it failed, the capsule to replay it from; prints the summary and where they are. */
export async function leaveEvidence(run: TestRun, built: BuiltImage, runDir: string, context: Context): Promise<void> {
  await leaveReport(run, runDir, context);
  if (run.verdict === 'passed') return;
  const { manifest, toolsRoot, buildDirectory } = built;
  const record = path.join(buildDirectory, 'build.json');
  const plan = readJson(record);
  const { runner, signal } = context;
  const capsule = await writeCapsule(run, { manifest, toolsRoot, runDir, runner, signal, plan });
  context.print(`to boot it again: phyllome replay ${capsule}`);
}

/** Writes the report of a run; prints the summary and where it is. */
export async function leaveReport(run: TestRun, runDir: string, context: Pick<Context, 'print'>): Promise<void> {
  await writeTestRun(run, runDir);
  context.print(summarizeTestRun(run).join('\n'));
  context.print(`report: ${path.join(runDir, 'report.html')}`);
}

/** Tells how often the same test passed, and writes it beside the reports. No run was left out, and none was made again. */
export function leaveRate(runs: readonly TestRun[], runDir: string, context: Pick<Context, 'print'>): void {
  const rate = rateOf(runs);
  const file = `${runDir}-rate.json`;
  writeFileSync(file, `${JSON.stringify(rate, null, 2)}\n`);
  context.print(rateInWords(rate).join('\n'));
  context.print(`rate: ${file}`);
}
