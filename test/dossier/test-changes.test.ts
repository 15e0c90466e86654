import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as diff } from '../../scripts/commands/diff.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { buildDirectory } from './build-sample.ts';

const IMAGE = 'a'.repeat(64);

interface Run {
  readonly verdict?: 'passed' | 'failed';
  readonly failed?: readonly string[];
  readonly diagnostics?: readonly string[];
  readonly booted?: boolean;
  readonly sha256?: string;
  readonly accelerator?: string;
  readonly settledMs?: number;
  readonly idleMiB?: number;
  readonly services?: number;
  readonly sockets?: readonly (readonly [string, string, number, string])[];
}

const check = (id: string, status: string, values: Readonly<Record<string, unknown>> = {}) => ({ id, status, values });

/** A build whose tests left these results, by directory below `test/`. */
function tested(runs: Readonly<Record<string, Run | string>>): string {
  const directory = buildDirectory();
  for (const [name, run] of Object.entries(runs)) {
    const place = path.join(directory, 'test', name);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'results.json'), typeof run === 'string' ? run : JSON.stringify(results(run)));
  }
  return directory;
}

function results(run: Run) {
  const { verdict = 'passed', failed = [], diagnostics = [], settledMs = 30_000, idleMiB = 130, services = 9 } = run;
  return {
    schema: 1,
    verdict,
    image: { sha256: run.sha256 ?? IMAGE },
    booted: run.booted ?? true,
    startedAt: '2026-11-30T20:00:00.000Z',
    accelerator: { chosen: run.accelerator ?? 'tcg' },
    topology: { processors: 2, memoryMiB: 2048, firmware: 'bios' },
    timings: { settledMs },
    checks: [
      check('idle-memory', 'passed', { usedMiB: idleMiB }),
      check('running-services', 'passed', { count: services }),
      ...failed.map((id) => check(id, 'failed')),
    ],
    diagnostics: diagnostics.map((code) => ({ code })),
    evidence: {
      listening: (run.sockets ?? []).map(([protocol, address, port, unit]) => ({ protocol, address, port, unit })),
    },
  };
}

async function told(a: Readonly<Record<string, Run | string>>, b: Readonly<Record<string, Run | string>>) {
  const { context, output } = recordingContext();
  await diff({ a: tested(a), b: tested(b) }, context);
  return output().replace(/^nothing differs between .*$/m, 'nothing differs');
}

test.each<[string, Run, Run, string]>([
  ['the same', {}, {}, 'nothing differs'],
  [
    'a check that fails now',
    {},
    { verdict: 'failed', failed: ['doctor'], diagnostics: ['check-failed'] },
    'verdicts of tests: 1 different\n  ~ bios: passed → failed: doctor',
  ],
  [
    'a boot that does not come to its end',
    {},
    { verdict: 'failed', diagnostics: ['kernel-panic'], booted: false },
    '~ bios: passed → failed: kernel-panic',
  ],
  [
    'a socket, with what cares for its unit',
    { sockets: [['tcp6', '::', 22, 'ssh.service']] },
    { sockets: [['tcp', '0.0.0.0', 22, 'ssh.service']] },
    'listening sockets: 1 new, 1 gone\n  + tcp 0.0.0.0:22: ssh.service  # component net: people come in\n  - tcp6 [::]:22: ssh.service  # component net: people come in',
  ],
  [
    'more memory',
    {},
    { idleMiB: 140 },
    'boot time and memory: 1 different\n  ~ memory at idle (bios): 130 MiB → 140 MiB',
  ],
  ['as much memory as from boot to boot', {}, { idleMiB: 134 }, 'nothing differs'],
  ['another service', {}, { services: 10 }, '~ running services (bios): 9 → 10'],
  ['a slower boot', {}, { settledMs: 45_000 }, '~ boot until settled (bios): 30.0 s → 45.0 s'],
  ['a boot as slow as a busy machine makes it', {}, { settledMs: 34_000 }, 'nothing differs'],
  [
    'a slower boot by another accelerator',
    {},
    { settledMs: 3000, accelerator: 'kvm', idleMiB: 150 },
    'nothing differs',
  ],
])('of tests of two images it is told: %s', async (_what, before, after, expected) => {
  expect(await told({ bios: before }, { bios: after })).toContain(expected);
});

test('scenarios are tests, too, and one that is new is told with its verdict', async () => {
  expect(await told({ 'scenarios/uefi': {} }, { 'scenarios/uefi': {}, 'scenarios/reboots': {} })).toContain(
    'verdicts of tests: 1 new\n  + reboots: passed',
  );
});

test('what was tested of one only is said to be not compared, what was tested of none goes without saying', async () => {
  const sentence =
    'Not compared, as no test was made of both: listening sockets, verdicts of tests, boot time and memory.';
  expect(await told({ bios: {} }, {})).toContain(sentence);
  expect(await told({ bios: {} }, { uefi: {} })).toContain(sentence);
  expect(await told({}, {})).toBe('nothing differs');
});

test('tests of an earlier image in the same place, and files that are none, count for nothing', async () => {
  const others = { bios: { sha256: 'b'.repeat(64) }, a: 'half a f', b: '{"schema": 1}', c: 'null' };
  expect(await told(others, others)).toBe('nothing differs');
});

test('a report that cannot be read is told with its place, and not taken for a test that never ran', async () => {
  const build = tested({ bios: {} });
  const report = path.join(build, 'test/bios/results.json');
  const { context } = recordingContext();
  truncateSync(report, 64 * 2 ** 20 + 1);
  await expect(diff({ a: tested({ bios: {} }), b: build }, context)).rejects.toThrow(`${report} is larger than 64 MiB`);
  rmSync(path.join(build, 'test'), { recursive: true });
  writeFileSync(path.join(build, 'test'), 'no directory');
  await expect(diff({ a: tested({ bios: {} }), b: build }, context)).rejects.toThrow(`${path.join(build, 'test')}`);
});
