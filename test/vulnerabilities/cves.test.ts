import { spawnSync } from 'node:child_process';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { run as cves } from '../../scripts/commands/cves.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { buildDirectory, type SampleChange } from '../dossier/build-sample.ts';
import { tracker, withKernel } from './tracker-sample.ts';

beforeEach(() => {
  const before = process.exitCode;
  process.exitCode = 0;
  onTestFinished(() => {
    process.exitCode = before;
  });
});

function dataFile(content: unknown = tracker): string {
  const file = path.join(scratchDirectory(), 'json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

interface Asking {
  readonly change?: SampleChange;
  readonly data?: string;
  readonly options?: { readonly json?: true; readonly sarif?: true; readonly all?: true; readonly refresh?: true };
}

async function asking({ change = withKernel, data = dataFile(), options = {} }: Asking = {}) {
  const { context, output, warnings } = recordingContext();
  await cves({ image: buildDirectory(change), data, ...options }, context);
  return { text: output(), warnings, code: process.exitCode };
}

interface Found {
  readonly id: string;
  readonly source: string;
  readonly fixed?: string;
}

test('what the release has mended since, what it has not, and what nobody knows are told apart, by urgency', async () => {
  const { text, warnings, code } = await asking();
  expect(text.replace(/copy of .*/, 'copy')).toBe(
    [
      "small on debian-13: 7 source packages by Debian's Security Tracker, copy",
      '',
      'a fix is waiting: 2',
      '  high',
      '    CVE-2026-0001  bash 5.2.37-2 → 5.2.37-2+deb13u1  remote',
      '      essential',
      '  medium',
      '    CVE-2026-0007  linux 6.12.43-1 → 6.12.100-1  in linux-image-amd64',
      '',
      'open, without a fix in trixie yet: 2',
      '  low',
      '    CVE-2026-0010  bash 5.2.37-2  no advisory: postponed, Minor issue',
      '      essential',
      '  not yet assigned',
      '    CVE-2026-0006  iputils 3:20240905-3  in iputils-ping; comes with the next point release',
      '      overlays/net/component.yaml:4',
      '',
      'nobody has found out yet whether trixie has it: 1',
      '  not yet assigned',
      '    TEMP-0000000-ABCDEF  glibc 2.41-12  in libc6',
      '      needed by bash, essential',
      '',
      'and 1 that Debian calls unimportant: --all tells them',
      '',
      'Not told by such data: files that components add, and programs that people bring themselves.',
    ].join('\n'),
  );
  expect(warnings).toEqual([]);
  expect(code).toBe(1);
});

test('without a fix that is waiting, the exit code is 0', async () => {
  const { code } = await asking({ data: dataFile({ iputils: tracker.iputils, glibc: tracker.glibc }) });
  expect(code).toBe(0);
});

test('for programs: everything, with descriptions, the line that asks for it, and the age of the data', async () => {
  const data = dataFile();
  const tenDaysAgo = new Date(Date.now() - 10.5 * 86_400_000);
  utimesSync(data, tenDaysAgo, tenDaysAgo);
  const { text, warnings } = await asking({ data, options: { json: true } });
  const told = JSON.parse(text) as { readonly found: readonly Found[]; readonly data: object };
  expect(told.data).toMatchObject({ of: 'Debian Security Tracker', ageDays: 10, files: [data] });
  expect(told.found.map(({ id }) => id)).toEqual([
    'CVE-2026-0001',
    'CVE-2026-0007',
    'CVE-2026-0010',
    'TEMP-0000000-ABCDEF',
    'CVE-2026-0006',
    'CVE-2019-0001',
  ]);
  expect(told.found[0]).toMatchObject({ description: 'Sixes are read as nines.', scope: 'remote', packages: ['bash'] });
  expect(told.found[4]).toMatchObject({ at: { file: 'overlays/net/component.yaml', line: 4 } });
  expect(warnings.map(({ message }) => message)).toEqual([
    'the security data is 10 days old: what became known since is not in it',
  ]);
});

test('as SARIF each stands at the line that asks for its package', async () => {
  const { text } = await asking({ options: { sarif: true } });
  const log = JSON.parse(text) as {
    runs: { tool: { driver: { name: string } }; results: { ruleId: string; level: string; locations: unknown[] }[] }[];
  };
  expect(log.runs[0]?.tool.driver.name).toBe('phyllome');
  const levels = log.runs[0]?.results.map(({ ruleId, level, locations }) => [ruleId, level, locations.length]);
  expect(levels).toEqual([
    ['CVE-2026-0001', 'error', 0],
    ['CVE-2026-0007', 'error', 0],
    ['CVE-2026-0010', 'warning', 0],
    ['TEMP-0000000-ABCDEF', 'note', 0],
    ['CVE-2026-0006', 'warning', 1],
    ['CVE-2019-0001', 'note', 0],
  ]);
});

test.each([
  ['gzip', ['-c']],
  ['xz', ['-c']],
  ['zstd', ['-qc']],
])('a copy that %s packed is read, and one that was cut short is not', async (program, args) => {
  const file = dataFile();
  const { stdout, status } = spawnSync(program, [...args, file]);
  expect(status).toBe(0);
  writeFileSync(file, stdout);
  expect((await asking({ data: file })).text).toContain('a fix is waiting: 2');
  writeFileSync(file, readFileSync(file).subarray(0, 200));
  await expect(asking({ data: file })).rejects.toThrow(/is not whole|is not the data/);
});

test.each([
  ['a page', '<html></html>', "is not the data of Debian's Security Tracker"],
  ['other JSON', '{"a": {"b": {"c": 1}}}', "is not the data of Debian's Security Tracker"],
  ['a list', '[1]', "is not the data of Debian's Security Tracker"],
  ['another release', { bash: { 'CVE-1': { releases: { sid: { status: 'open' } } } } }, 'says nothing of trixie'],
])('%s is no data', async (_what, content, told) => {
  await expect(asking({ data: dataFile(content) })).rejects.toThrow(told);
});

test('what stands askew in the data is passed over', async () => {
  const askew = { CVE: 1, 'CVE-2026-0009': { releases: { trixie: { status: 7, urgency: [], fixed_version: {} } } } };
  const { text } = await asking({ data: dataFile({ ...tracker, glibc: askew, iputils: [], linux: 'x' }) });
  expect(text).toContain('CVE-2026-0009  glibc 2.41-12');
  expect(text).toContain('a fix is waiting: 1');
});

test('a build that did not note what signed packages are made of says that these were not looked at', async () => {
  const packages = (withKernel.facts?.packages ?? '').replaceAll(/\t[^\t]*\t\n/g, '\n');
  const { warnings } = await asking({ change: { facts: { packages } } });
  expect(warnings.map(({ message }) => message)).toEqual([
    'of linux-image-amd64 the build did not note what they were built from: they were not looked at',
  ]);
});

test.each([
  ['--json and --sarif are two forms', { json: true, sarif: true }],
  ['--refresh fetches, and --data does without', { refresh: true }],
] as const)('%s', async (told, options) => {
  await expect(asking({ options })).rejects.toThrow(told);
});

test('an image whose packages nobody noted, and a file that is not there, are told as such', async () => {
  await expect(asking({ change: { withoutDossier: true } })).rejects.toThrow('did not note what packages');
  await expect(asking({ data: '/nowhere/json' })).rejects.toThrow('there is no such file');
});
