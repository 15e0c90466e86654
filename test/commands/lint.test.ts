import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run as lint } from '../../scripts/commands/lint.ts';
import { UsageError } from '../../scripts/diagnostic/index.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';
import { typeIn } from './type-in.ts';

// Bases come to their end.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-09T12:00:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

/** A directory of a user with a component whose script names a module that no kernel has any more. */
function userDirectoryWithFault(): string {
  const directory = scratchDirectory();
  const files = {
    'flavours/faulty.yaml': 'flavour: faulty\nsummary: for a test\nextends: nano\ncomponents: [faulty]\n',
    'overlays/faulty/component.yaml':
      'component: faulty\nsummary: for a test\npost:\n  - source: fail.sh\n    reason: a test\n',
    'overlays/faulty/fail.sh': 'set -eu\nmodprobe vfio_virqfd\nif true; then\n',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), content);
  }
  return directory;
}

test('a finding is told at the line of the overlay file that it was rendered from', () => {
  const directory = userDirectoryWithFault();
  const { context, warnings } = recordingContext([directory]);
  lint({ flavour: 'faulty', format: 'pretty' }, context);
  const found = warnings.map(({ code, span }) => [code, path.basename(span?.file ?? ''), span?.start.line]);
  expect(found).toContainEqual(['dead-kernel-module', 'fail.sh', 2]);
  expect(found.some(([code, file]) => code === 'shell-syntax' && file === 'fail.sh')).toBe(true);
  expect(process.exitCode).toBe(1);
});

test('shipped flavours have no findings', () => {
  const { context, warnings } = recordingContext();
  for (const flavour of ['nano', 'headless']) lint({ flavour, format: 'pretty' }, context);
  expect(warnings).toEqual([]);
  expect(process.exitCode).toBeUndefined();
});

test('a kickstart file is checked as it is; SARIF goes to standard output', () => {
  const file = path.join(scratchDirectory(), 'own.ks');
  writeFileSync(file, 'bogus\n');
  const { context, output } = recordingContext();
  lint({ flavour: file, format: 'sarif' }, context);
  const log = JSON.parse(output()) as { runs: { results: { ruleId: string }[] }[] };
  expect(log.runs[0]?.results.map((result) => result.ruleId)).toContain('unknown-command');
});

test('an unknown format is a usage error', async () => {
  const { context } = recordingContext();
  const typed = typeIn(['lint', 'nano', '--format', 'xml'], context);
  await expect(typed).rejects.toThrow('--format xml: must be pretty, json, sarif, github');
  await expect(typed).rejects.toThrow(UsageError);
});

test.each(['./gone.ks', 'gone.ks', '/nowhere/at/all.cfg', 'some/where'])(
  '%s that is not there is a missing file',
  (file) => {
    const asked = () => lint({ flavour: file, format: 'pretty' }, recordingContext().context);
    expect(asked).toThrow(`${file}: there is no such file`);
  },
);

test.each(['faulty.yaml~', 'faulty.yaml.orig'])('%s is no kickstart either', (copy) => {
  const directory = userDirectoryWithFault();
  const file = path.join(directory, 'flavours', copy);
  writeFileSync(file, 'flavour: faulty\n');
  const { context, warnings } = recordingContext([directory]);
  lint({ flavour: file, format: 'pretty' }, context);
  expect(warnings.map(({ code, hint }) => [code, hint])).toEqual([
    ['unknown-flavour', 'a flavour is called by its name: `faulty`'],
  ]);
});

test('a flavour’s file is no kickstart: its name is asked for, in whatever form', () => {
  const directory = userDirectoryWithFault();
  const { context, output } = recordingContext([directory]);
  lint({ flavour: path.join(directory, 'flavours/faulty.yaml'), format: 'json' }, context);
  expect(output()).toContain('a flavour is called by its name: `faulty`');
  expect(process.exitCode).toBe(1);
});

test('what keeps a flavour from being rendered comes in the form that was asked for', () => {
  const directory = scratchDirectory();
  mkdirSync(path.join(directory, 'flavours'));
  writeFileSync(path.join(directory, 'flavours/slip.yaml'), 'flavour: slip\nsummary: a host: mine\nextends: nano\n');
  const { context, output } = recordingContext([directory]);
  lint({ flavour: 'slip', format: 'json' }, context);
  expect(JSON.parse(output())).toMatchObject([
    { code: 'yaml-syntax', message: 'a text with `: ` in it has to be quoted' },
  ]);
});

test('a base that gets no updates any more is told at its line, from the day after', () => {
  const told = () => {
    const { context, warnings } = recordingContext();
    lint({ flavour: 'nano', base: 'fedora-43', format: 'pretty' }, context);
    return warnings.map(({ code, span }) => `${code} ${span?.file}`);
  };
  expect(told()).toEqual([]);
  vi.setSystemTime(new Date('2026-12-10T00:00:01Z'));
  expect(told()).toEqual(['base-past-end kickstarts/bases/fedora-43.yaml']);
  expect(process.exitCode).toBe(1);
});

test('of all flavours each finding is told once, at its place in the repository of the job', () => {
  const directory = userDirectoryWithFault();
  writeFileSync(path.join(directory, 'flavours/other.yaml'), 'flavour: other\nsummary: for a test\nextends: faulty\n');
  vi.stubEnv('GITHUB_WORKSPACE', path.dirname(directory));
  const { context, output } = recordingContext([directory]);
  const [sarif, codeQuality] = [path.join(directory, 'lint.sarif'), path.join(directory, 'quality.json')];
  lint({ all: true, format: 'github', sarif, codeQuality }, context);
  const lines = output()
    .split('\n')
    .filter((line) => line.includes('title=dead-kernel-module'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`file=${path.basename(directory)}/overlays/faulty/fail.sh,line=2,`);
  expect(lines[0]).not.toContain('of the rendered kickstart');
  expect(process.exitCode).toBe(1);
  expect(readFileSync(sarif, 'utf8')).toContain(`"uri": "${path.basename(directory)}/overlays/faulty/fail.sh"`);
  expect(JSON.parse(readFileSync(codeQuality, 'utf8'))).toHaveLength(output().split('\n').length);
});

test('GitLab gets its code quality report', () => {
  const directory = userDirectoryWithFault();
  vi.stubEnv('CI_PROJECT_DIR', directory);
  const { context, output } = recordingContext([directory]);
  lint({ flavour: 'faulty', format: 'gitlab' }, context);
  const issues = JSON.parse(output()) as {
    check_name: string;
    fingerprint: string;
    severity: string;
    location: unknown;
  }[];
  expect(issues.find((issue) => issue.check_name === 'dead-kernel-module')).toMatchObject({
    severity: 'minor',
    location: { path: 'overlays/faulty/fail.sh', lines: { begin: 2 } },
  });
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
});

test.each([
  [{ all: true, flavour: 'nano' }, '--all checks every flavour'],
  [{ all: true, base: 'debian-13' }, '--all checks every flavour'],
  [{}, 'which flavour?'],
])('%j is no use of it', (asked, why) => {
  expect(() => lint({ ...asked, format: 'pretty' }, recordingContext().context)).toThrow(why);
});

test('what cannot work does not hide what else is wrong with a flavour, nor is it told twice', () => {
  const directory = scratchDirectory();
  const files = {
    'flavours/guides.yaml': 'flavour: guides\nsummary: for a test\nextends: nano\noverlays: [files]\n',
    'files/etc/modules-load.d/vfio.conf': 'vfio\nvfio_virqfd\n',
    'files/etc/dracut.conf.d/vfio.conf': 'add_drivers+="vfio vfio_pci"\nforce_drivers+="vfio vfio_virqfd"\n',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), content);
  }
  const { context, warnings } = recordingContext([directory]);
  lint({ flavour: 'guides', format: 'pretty' }, context);
  const found = warnings.map(
    ({ code, span }) => `${code} ${path.basename(path.dirname(span?.file ?? ''))}:${span?.start.line}`,
  );
  expect(found.sort()).toEqual([
    'absent-module dracut.conf.d:2',
    'absent-module modules-load.d:2',
    'dracut-list-without-blanks dracut.conf.d:1',
    'dracut-list-without-blanks dracut.conf.d:2',
  ]);
  expect(process.exitCode).toBe(1);
});
