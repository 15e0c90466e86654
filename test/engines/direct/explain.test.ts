import { expect, test } from 'vitest';
import { explainFailure } from '../../../scripts/engines/direct/explain.ts';
import type { Step } from '../../../scripts/plan/index.ts';
import { CommandFailed } from '../../../scripts/process/index.ts';

const step: Step = { id: 'x', title: 'Fetching', argv: ['apt-get'], needs: [] };

function explain(stderr: string, of: Step = step) {
  return [
    explainFailure(
      of,
      new CommandFailed(
        { argv: ['apt-get'] },
        { exitCode: 100, signal: null, stdout: '', stderr, durationMs: 1, timedOut: false },
      ),
    ),
  ].flat()[0];
}

test('an unreachable mirror: the address, the reason, and what --offline needs', () => {
  const found = explain(
    "Err:1 http://deb.debian.org/debian trixie InRelease\n  Temporary failure resolving 'deb.debian.org'\nE: Failed to fetch http://deb.debian.org/debian/dists/trixie/InRelease  Temporary failure resolving 'deb.debian.org'\n",
  );
  expect(found?.code).toBe('mirror-unreachable');
  expect(found?.message).toContain('http://deb.debian.org/debian');
  expect(found?.message).toContain('Temporary failure resolving');
  expect(found?.hint).toContain('--offline');
});

test('packages that do not exist are all named', () => {
  const found = explain('E: Unable to locate package qemuu\nE: Unable to locate package libvirtt\n');
  expect(found?.message).toBe('the repositories have no package qemuu, libvirtt');
});

test('packages of a flavour that do not exist are told at the lines that ask for them', () => {
  const place = (file: string, line: number) => {
    const start = { offset: 0, line, column: 1 };
    return { file, start, end: start };
  };
  const failure = new CommandFailed(
    { argv: ['apt-get'] },
    {
      exitCode: 100,
      signal: null,
      stdout: '',
      stderr: 'E: Unable to locate package qemuu\nE: Unable to locate package own\n',
      durationMs: 1,
      timedOut: false,
    },
  );
  const packages = [
    { name: 'qemuu', logical: 'qemu', at: place('overlays/qemu/component.yaml', 3), mapped: place('bases/x.yaml', 9) },
    { name: 'own', logical: 'own', at: place('flavours/mine.yaml', 5) },
    { name: 'fine', logical: 'fine', at: place('flavours/mine.yaml', 6) },
  ];
  const told = [explainFailure(step, failure, [], packages)].flat();
  expect(
    told.map(
      (one) => `${one?.message} ${one?.span?.file}:${one?.span?.start.line} ${one?.related?.[0]?.span.file ?? ''}`,
    ),
  ).toEqual([
    'the repositories have no package `qemuu` bases/x.yaml:9 overlays/qemu/component.yaml',
    'the repositories have no package `own` flavours/mine.yaml:5 ',
  ]);
  // Of others apt's words are all that is known.
  expect([explainFailure(step, failure, [], packages.slice(1))].flat()[0]?.message).toBe(
    'the repositories have no package qemuu, own',
  );
});

test('packages missing offline', () => {
  const found = explain('offline: nothing is fetched\nmissing: bash_5.2_amd64.deb\nmissing: zstd_1_amd64.deb\n');
  expect(found?.code).toBe('offline');
  expect(found?.message).toMatch(/and --offline was given:\n {2}bash_5\.2_amd64\.deb\n {2}zstd_1_amd64\.deb$/);
});

test('a full disk', () => {
  expect(explain('tar: write error: No space left on device')?.code).toBe('disk-full');
});

test('a failing script is told at its kickstart line with its last output', () => {
  const position = { offset: 0, line: 7, column: 1 };
  const origin = { file: 'x.ks', start: position, end: position };
  const found = explain('one\ntwo\n', { ...step, title: '%post at line 7', origin });
  expect(found).toMatchObject({
    code: 'script-failed',
    span: origin,
    message: '%post at line 7 exited with status 100',
  });
  expect(found?.hint).toBe('  one\n  two');
});

test('anything else is left to the step’s own words', () => {
  expect(explain('segmentation fault')).toBeUndefined();
});

test('a full EFI system partition is not the disk of the computer that builds', () => {
  expect(explain('Disk full\n', { ...step, id: 'esp' })).toMatchObject({
    code: 'esp-full',
    message: 'boot loaders and kernel do not fit into the EFI system partition',
  });
  expect(explain('Disk full\n')).toBeUndefined();
});
