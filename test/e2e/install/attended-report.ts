import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type LabRun, plainLine } from '../../../scripts/lab/index.ts';
import { writeTestRun } from '../../../scripts/report/test-run/index.ts';
import type { TestRun } from '../../../scripts/test-run/index.ts';
import { places } from '../image/phyllome.ts';

/** What an installation showed, step by step. */
export type Steps = Pick<LabRun['screen'], 'kept'>['kept'];

/** Where people find it: beside what was installed. */
export function reportDirectory(flavour: string): string {
  return path.join(places.out, flavour, 'attended');
}

/** Writes the report of an installed system with the screens of its installation before its own. */
export async function reportAttended(run: TestRun, steps: Steps, runDir: string, flavour: string): Promise<string> {
  await mkdir(path.join(runDir, 'screens'), { recursive: true });
  const screens = await Promise.all(
    steps.map(async ({ title, atMs, lines }, index) => {
      const name = path.join('screens', `install-${String(index + 1).padStart(2, '0')}`);
      await writeFile(path.join(runDir, `${name}.txt`), `${lines.map(plainLine).join('\n')}\n`);
      await writeFile(path.join(runDir, `${name}.json`), `${JSON.stringify(lines)}\n`);
      return { title: `installation: ${title}`, atMs, file: `${name}.txt` };
    }),
  );
  await writeTestRun({ ...run, evidence: { ...run.evidence, screens: [...screens, ...run.evidence.screens] } }, runDir);
  const target = path.join(reportDirectory(flavour), 'report.html');
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(path.join(runDir, 'report.html'), target);
  return target;
}
