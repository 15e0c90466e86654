import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeScenarios, writeTestRun } from '../../../scripts/report/test-run/index.ts';
import type { TestRun } from '../../../scripts/test-run/index.ts';
import { fullRun } from './full-run.ts';
import { sampleRun } from './sample-run.ts';

function scratch(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-report-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test('a run that was reused has a report also where no machine ever ran: the build directory is new, the cache is not', async () => {
  const runDir = path.join(scratch(), 'test', 'scenarios', 'default');
  await writeTestRun(sampleRun({ reusedFrom: '2026-11-22T17:00:00.123Z' }), runDir);
  expect(readdirSync(runDir).sort()).toEqual(['junit.xml', 'report.html', 'results.json', 'results.tap', 'summary.md']);
});

/** Clears the screen, sets a title, begins a sequence in one character, rings, deletes. */
const EVIL = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u0085\u007f\u0000';

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Words that this program chose itself, which decide what a report is made of. */
const OWN_WORDS = new Set(['id', 'file', 'status', 'verdict', 'severity', 'startedAt', 'reusedFrom', 'schema']);

/** Every text of a value that a guest, a script or a user may have chosen ends in control characters. */
function evil(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return OWN_WORDS.has(key) ? value : `${value}${EVIL}`;
  if (Array.isArray(value)) return value.map((one) => evil(one, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, evil(one, name)]));
}

test('no control character that a guest said is in what a run leaves, in whichever format', async () => {
  const runDir = scratch();
  const whole = fullRun();
  // Where the logs are is this program's own choice.
  const run = { ...(evil(whole) as TestRun), logs: whole.logs };
  mkdirSync(path.join(runDir, 'screens'));
  writeFileSync(path.join(runDir, whole.logs.console), `Linux version ${EVIL}\n`);
  writeFileSync(path.join(runDir, whole.logs.journal), `a unit says ${EVIL}\n`);
  for (const { file } of run.evidence.screens)
    writeFileSync(path.join(runDir, file.replace(/\.txt$/, '.json')), JSON.stringify([[{ text: `menu ${EVIL}` }]]));
  await writeTestRun(run, runDir);
  await writeScenarios(
    {
      outcomes: [
        { machine: evil({ id: 'default', scenarios: ['live-cd'] }) as never, run, runDir: `${runDir}${EVIL}` },
      ],
      leftOut: [{ scenario: 'vfio', reason: EVIL }],
    },
    runDir,
  );
  for (const name of ['report.html', 'junit.xml', 'results.json', 'results.tap', 'summary.md', 'scenarios.json']) {
    const text = readFileSync(path.join(runDir, name), 'utf8');
    expect([name, OBEYED.exec(text)?.[0]]).toEqual([name, undefined]);
    expect([name, text.includes('owned')]).toEqual([name, true]);
  }
  const page = readFileSync(path.join(runDir, 'report.html'), 'utf8');
  // What was said is there, as pictures, wherever it was said.
  for (const said of ['Linux version', 'a unit says', 'menu']) expect(page).toContain(`${said} ␛[2J␛]0;owned␇`);
});
