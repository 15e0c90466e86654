import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { RUNNERS, type RunnerId } from '../../../scripts/engines/livemedia/runners/runner.ts';
import { extractOf } from '../anaconda/extract.ts';
import { build } from './build.ts';
import { parseCreatorArguments } from './creator-model.ts';
import { FakePrograms } from './fake-programs.ts';
import { smallKickstart } from './fixtures.ts';

const image = 'phyllome-nano-fedora-44.iso';

test.each(RUNNERS)('a build that goes well, runner %s', async (runner) => {
  const programs = new FakePrograms('success');
  const { diagnostics, workDirectory, times, logDirectory } = await build(programs, { runner });
  expect(diagnostics).toEqual([]);
  expect(readdirSync(path.join(workDirectory, 'result')).sort()).toEqual(['SHA256SUMS', image]);
  expect(existsSync(path.join(workDirectory, 'tmp'))).toBe(false);
  expect(existsSync(path.join(workDirectory, 'logs.tar.gz'))).toBe(true);
  expect(readFileSync(path.join(logDirectory, 'livemedia.log'), 'utf8')).toContain('Results are in');

  const given = programs.commands.find(([program]) => program === 'livemedia-creator')?.slice(1) ?? [];
  expect(parseCreatorArguments(given)).toMatchObject({ make_iso: true, iso_name: image });
  expect(programs.commands.map(([program]) => program)).toContain('ksvalidator');

  const learned = times.of(`nano/fedora-44/iso/${runner}`);
  expect(Object.keys(learned?.milliseconds ?? {})).toEqual([
    'begin',
    'anaconda',
    'resolve',
    'download',
    'packages',
    'scriptlets',
    'configure',
    'initramfs',
    'post',
    'finish-install',
    'squashfs',
    'dracut',
    'iso',
  ]);
  // A chroot of mock's lies where only the real one would make it.
  if (runner !== 'mock') expect(learned?.bytes.squashfs).toBeGreaterThanOrEqual(1024 * 1024);
  asked[runner](programs.commands);
});

/** What each runner asks of the programs that stand around livemedia-creator. */
const asked: Record<RunnerId, (commands: FakePrograms['commands']) => void> = {
  host: (commands) => {
    expect(commands.map(([program]) => program)).toContain('unshare');
  },
  // Copies the kickstart in and the result out, with simple isolation and network.
  mock: (commands) => {
    const verbs = commands
      .filter(([program]) => program === 'mock')
      .map((words) => words.find((word) => /^--(init|install|copyin|copyout|chroot|clean|orphanskill)$/.test(word)));
    expect(verbs).toEqual([
      '--init',
      '--install',
      '--chroot',
      '--copyin',
      // ksvalidator, livemedia-creator, and the look at what it made.
      '--chroot',
      '--chroot',
      '--chroot',
      // Before each copying out a command lets the caller read what root made.
      '--chroot',
      '--copyout',
      '--chroot',
      '--copyout',
      '--orphanskill',
      '--clean',
    ]);
    const create = commands.find((words) => words[0] === 'mock' && words.includes('livemedia-creator'));
    const wanted = ['--isolation=simple', '--enable-network', '--root=fedora-44-x86_64'];
    expect(create).toEqual(expect.arrayContaining(wanted));
  },
  // Runs privileged, with the host's devices, and removes the container.
  podman: (commands) => {
    const [image_, , create, , remove] = commands.filter(([program]) => program === 'podman');
    expect(image_).toEqual(expect.arrayContaining(['build', '--build-arg=RELEASE=44', '/checkout/ci/container']));
    expect(create).toEqual(expect.arrayContaining(['--privileged', '--volume=/dev:/dev', '--init', '--rm']));
    expect(remove?.slice(1, 3)).toEqual(['rm', '--force']);
  },
};

// What Anaconda 45 prints names no script: only its logs do.
test.each([
  ...RUNNERS.map((runner) => [runner, 'post-error', '44.35'] as const),
  ['host', 'post-error-45', '45.21'] as const,
])(
  'runner %s: a failing post script is stopped at once and told at its line, with its output (%s)',
  async (runner, stream, release) => {
    const [line = 0, told = 0] = [...extractOf(smallKickstart, release).scripts].at(-2) ?? [];
    expect(told).not.toBe(line);
    const read = (name: string) =>
      readFileSync(path.join(import.meta.dirname, '../../fixtures/livemedia', stream, name), 'utf8');
    // Anaconda sleeps 180 of its seconds behind the error: longer than any test may take.
    const programs = new FakePrograms(
      { creator: read('creator'), anaconda: read('anaconda').replaceAll('@LINE@', String(told)) },
      60_000,
    );
    const { diagnostics, workDirectory, logDirectory } = await build(programs, { runner });
    expect(diagnostics).toMatchObject([
      { code: 'livemedia-script-failed', span: { file: 'nano.ks', start: { line } } },
    ]);
    expect(diagnostics[0]?.message).toContain('127');
    expect(diagnostics[0]?.hint).toContain('semanage: command not found');
    expect(diagnostics[0]?.hint).toContain(path.join(logDirectory, 'livemedia-logs.tar.gz'));
    expect(existsSync(path.join(workDirectory, 'tmp'))).toBe(false);
    const archive = execFileSync('tar', ['-tzf', path.join(logDirectory, 'livemedia-logs.tar.gz')], {
      encoding: 'utf8',
    });
    expect(archive).toContain('ks-script-7x2k.log');
  },
);

test('the cause is told, not what follows from it', async () => {
  const { diagnostics } = await build(new FakePrograms('broken-mirror'));
  expect(diagnostics[0]?.code).toBe('livemedia-no-name');
  expect(diagnostics[0]?.message).toContain('mirrors.fedoraproject.org');
  expect(diagnostics[0]?.hint).toContain('Could not resolve hostname');
});

test('a build in which nothing happens any more is stopped', async () => {
  const programs = new FakePrograms('hang');
  // Time goes on only when the last thing has happened, then a minute at each look.
  vi.useFakeTimers({ toFake: ['Date'] });
  const log = path.join(programs.directory, 'logs/livemedia.log');
  const clock = setInterval(() => {
    if (existsSync(log) && readFileSync(log, 'utf8').includes('(1/600)')) vi.setSystemTime(Date.now() + 60_000);
  }, 50);
  onTestFinished(() => {
    clearInterval(clock);
    vi.useRealTimers();
  });
  const { diagnostics } = await build(programs, { stallMs: 3 * 60_000 });
  expect(diagnostics[0]?.message).toContain('nothing happened for 3 min while installing packages');
});

test('of an unknown failure the lines that most likely tell are shown', async () => {
  const { diagnostics } = await build(new FakePrograms('unknown'));
  expect(diagnostics[0]?.code).toBe('livemedia-unknown-failure');
  expect(diagnostics[0]?.hint).toContain('flux capacitor refused the request: error 1955');
});

test('a build that is interrupted ends its programs and cleans up', async () => {
  const programs = new FakePrograms('hang');
  const interruption = new AbortController();
  setTimeout(() => interruption.abort(), 500);
  const { diagnostics, workDirectory } = await build(programs, { signal: interruption.signal });
  expect(diagnostics[0]?.code).toBe('interrupted');
  expect(existsSync(path.join(workDirectory, 'tmp'))).toBe(false);
});

test('loop devices over files of the build are released, others are left alone', async () => {
  const programs = new FakePrograms('unknown');
  const ours = `/dev/loop7 1 ${path.join(programs.directory, 'work/result/lmc-disk-x1.img')} (deleted)`;
  writeFileSync(path.join(programs.record, 'loops'), `/dev/loop3 999999999 /srv/other.img\n${ours}\n`);
  await build(programs);
  expect(readFileSync(path.join(programs.record, 'loops'), 'utf8')).toBe('/dev/loop3 999999999 /srv/other.img\n');
});
