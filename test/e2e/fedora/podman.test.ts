import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../../scripts/image/index.ts';
import { phyllome, places } from '../image/phyllome.ts';
import { RealPodman, withoutPodman } from './real-podman.ts';

const reason = withoutPodman();
const out = path.join(places.out, 'nano-fedora-44');
const build = (env: NodeJS.ProcessEnv, onStart?: (pid: number) => void) =>
  phyllome(['build', 'nano', '--base', 'fedora-44', '--runner', 'podman'], { env, ...(onStart && { onStart }) });

/** Loop devices over files of builds' work directories, whatever path a container gave them. */
function loops(): string[] {
  const list = execFileSync('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'], { encoding: 'utf8' });
  return list.split('\n').filter((file) => file.includes('lmc-disk-x1'));
}

const workDirectories = () => readdirSync(path.join(places.cache, 'livemedia')).filter((name) => /^build-/.test(name));

describe.skipIf(reason !== undefined)(`podman itself${reason === undefined ? '' : ` (not here: ${reason})`}`, () => {
  let podman: RealPodman;
  beforeAll(() => {
    podman = new RealPodman();
  });
  afterAll(() => podman.remove());
  const containers = () => podman.run('ps', '--all', '--quiet').trim();

  test('builds by the recipe, runs the plan’s commands, and leaves nothing behind', async () => {
    podman.replay('success');
    const { exitCode, stdout, stderr } = await build(podman.env);
    expect(stderr).not.toContain('error');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${path.join(out, 'phyllome-nano-fedora-44.iso')}  0 MiB, 3 packages`);
    const manifest = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as Manifest;
    expect(manifest.packages.map(({ name }) => name)).toEqual(['bash', 'filesystem', 'kernel-core']);
    const asked = podman.run('run', '--rm', 'localhost/phyllome-livemedia:44', 'cat', '/dnf.log');
    expect(asked).toMatch(/^install -y --setopt=install_weak_deps=False lorax lorax-lmc-novirt pykickstart /);
    expect(asked).toMatch(/^clean all$/m);
    expect([containers(), loops(), workDirectories()]).toEqual(['', [], []]);
  });

  test('a failure is told with its cause: the logs come out of the container', async () => {
    podman.replay('broken-mirror');
    const { exitCode, stderr } = await build(podman.env);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('livemedia-no-name');
    expect(stderr).toContain('Could not resolve hostname');
    expect([containers(), loops(), workDirectories()]).toEqual(['', [], []]);
  });

  test('what a build leaves that was killed with -9, doctor --clean removes: container, loop device, files', async () => {
    podman.replay('killed');
    let pid = 0;
    const log = path.join(out, 'logs/livemedia.log');
    const ended = build(podman.env, (started) => {
      pid = started;
    });
    await expect
      .poll(() => existsSync(log) && readFileSync(log, 'utf8').includes('Installing filesystem'), { timeout: 120_000 })
      .toBe(true);
    expect(loops()).toHaveLength(1);
    process.kill(pid, 'SIGKILL');
    await ended;
    expect(containers()).not.toBe('');
    expect(workDirectories()).toHaveLength(1);

    const seen = await phyllome(['doctor'], { env: podman.env });
    expect(seen.stdout).toContain('left by killed builds (`phyllome doctor --clean` removes it):');
    const cleaned = await phyllome(['doctor', '--clean'], { env: podman.env });
    expect(cleaned.exitCode).toBe(0);
    expect([containers(), loops(), workDirectories()]).toEqual(['', [], []]);
  });
});
