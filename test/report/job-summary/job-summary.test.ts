import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as summary } from '../../../scripts/commands/summary.ts';
import { recordingContext } from '../../commands/recording-context.ts';
import { buildDirectory, type SampleChange } from '../../dossier/build-sample.ts';

interface Tested {
  readonly verdict?: 'passed' | 'failed';
  readonly idleMiB?: number;
  readonly sha256?: string;
  readonly reusedFrom?: string;
}

/** A build with tests by name, and stages of which the last one was made anew. */
function built(tests: Readonly<Record<string, Tested>>, change: SampleChange = {}): string {
  const directory = buildDirectory(change);
  const stages = [
    { id: 'root-tree', reused: true },
    { id: 'image', reused: false },
  ];
  writeFileSync(path.join(directory, 'build.json'), JSON.stringify({ stages }));
  for (const [name, { verdict = 'passed', idleMiB = 130, sha256 = 'a'.repeat(64), reusedFrom }] of Object.entries(
    tests,
  )) {
    const place = path.join(directory, 'test', name);
    mkdirSync(place, { recursive: true });
    const results = {
      verdict,
      image: { sha256 },
      booted: true,
      accelerator: { chosen: 'tcg' },
      topology: { firmware: name, processors: 2, memoryMiB: 2048 },
      timings: { verdictMs: 71_000, settledMs: 9000, guest: { kernelMs: 1000, initramfsMs: 2000, userspaceMs: 3500 } },
      checks: [
        { id: 'idle-memory', status: 'passed', values: { usedMiB: idleMiB } },
        { id: 'running-services', status: verdict, values: { count: 9 }, ...(reusedFrom && { reusedFrom }) },
      ],
      diagnostics:
        verdict === 'failed' ? [{ code: 'failed-unit', message: 'a|b <i>failed</i>', hint: 'look there' }] : [],
      evidence: { listening: [], screenshots: [{ file: 'screenshot.png', title: 'end', atMs: 1 }] },
    };
    writeFileSync(path.join(place, 'results.json'), JSON.stringify(results));
  }
  return directory;
}

function told(image: string, how: { readonly against?: string; readonly outputs?: true } = {}): string {
  const { context, output } = recordingContext();
  summary({ image, ...how }, context);
  return output();
}

const budgets = { imageMiB: 1, idleMemoryMiB: 120, runningServices: 9 };

test('each machine has its verdict, each number its budget and what it was before', () => {
  const before = built({ bios: { idleMiB: 127 } });
  const now = built(
    { bios: {}, uefi: {} },
    { manifest: { budgets, sizes: { rootBytes: 1, initramfsBytes: 2048, kernelBytes: 1 } } },
  );
  const lines = told(now, { against: before }).split('\n');
  expect(lines[0]).toBe('### ✅ small on debian-13: passed');
  expect(lines).toContain('| ✅ bios | bios, tcg | 2 of 2 | 1.0 s + 2.0 s + 3.5 s | 71.0 s |');
  expect(lines).toContain('|  | Now | Budget | Target branch | Change |');
  expect(lines).toContain('| Memory at idle | 130 MiB | 120 MiB ❌ | 127 MiB | +3 MiB |');
  expect(lines).toContain('| Services | 9 | 9 | 9 | none |');
  expect(lines).toContain('| Initramfs | 2.0 KiB | - | 1.0 KiB | +1.0 KiB |');
});

test('without a target branch there is no column for it', () => {
  expect(told(built({ bios: {} }))).toContain('|  | Now | Budget |\n| --- | --- | --- |');
});

test('what was reused is told, and what was made anew', () => {
  expect(told(built({ bios: { reusedFrom: '2026-01-01T00:00:00Z' } }))).toContain(
    'Reused: 1 of 2 stages of the build (made: image); 1 of 2 answers of checks.',
  );
});

test('the first failure has its cause and its screen, and none of it is markup', () => {
  const text = told(built({ bios: {}, uefi: { verdict: 'failed' } }));
  expect(text).toContain('### ❌ small on debian-13: failed');
  expect(text).toContain('**First failure, test/uefi:** `failed-unit` a\\|b &lt;i>failed&lt;/i>');
  expect(text).toContain('look there');
  expect(text).toContain('screen: `test/uefi/screenshot.png`');
});

test('a test of an earlier build in the same place is none, and no test is no success', () => {
  expect(told(built({ bios: { sha256: 'b'.repeat(64) } }))).toMatch(/^### ⏭️ small on debian-13: not tested/);
  expect(told(built({}), { outputs: true })).toContain('verdict=not tested\n');
});

test('later steps get the failed report before others', () => {
  const directory = built({ bios: {}, uefi: { verdict: 'failed' } });
  expect(told(directory, { outputs: true }).split('\n')).toEqual([
    'verdict=failed',
    `directory=${directory}`,
    `image=${path.join(directory, 'small.iso')}`,
    `report=${path.join(directory, 'test/uefi/report.html')}`,
  ]);
});

test('what was not built is told', () => {
  expect(() => told('nano')).toThrow('nano has not been built');
  const directory = built({});
  expect(readFileSync(path.join(directory, 'manifest.json'), 'utf8')).toContain('small');
  expect(() => told(directory, { against: path.join(directory, 'test') })).toThrow();
});
