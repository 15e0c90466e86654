import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { places } from '../image/phyllome.ts';
import { toolsRoot } from './stand-in.ts';

const sources = path.join(import.meta.dirname, '../..');

/** Why podman cannot be tried on this computer, if it cannot. */
export function withoutPodman(): string | undefined {
  if (process.getuid?.() !== 0) return 'it takes root';
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices';
  return spawnSync('podman', ['--version']).status === 0 ? undefined : 'podman is not installed';
}

/** The recipe's base image, by the name that it has in the recipe. */
const fedora = 'registry.fedoraproject.org/fedora:44';

/**
 * Cloud machines may lack CAP_SYS_RESOURCE, with which podman would raise limits, and mix both kinds of control groups,
 * which crun refuses. None of it is part of what is tested.
 */
const limits = '[containers]\ndefault_ulimits = ["nofile=1024:4096", "nproc=1024:4096"]\ncgroups = "disabled"\n';
const mixedGroups = '/sys/fs/cgroup/unified';
/** Where each podman must have a mount namespace of its own, one does not see another's network namespaces. */
const ownNamespace = 'cgroupns = "host"\nnetns = "host"\n';

/**
 * podman itself, with a storage of its own, in which the image that `ci/container/Containerfile` starts from is a stand-in:
 * the tools tree with the programs of `test/fake-bin` and a dnf that only notes what it is asked. Building by the recipe,
 * containers, mounts, devices, privileges and signals are podman's own.
 */
export class RealPodman {
  readonly #directory = mkdtempSync(path.join(places.cache, 'podman-'));
  readonly #program = path.join(this.#directory, 'bin/podman');

  constructor() {
    const at = (...parts: string[]) => path.join(this.#directory, ...parts);
    mkdirSync(at('bin'));
    const isMixed = existsSync(mixedGroups);
    writeFileSync(at('containers.conf'), isMixed ? `${limits}${ownNamespace}` : limits);
    const real = execFileSync('sh', ['-c', 'command -v podman'], { encoding: 'utf8' }).trim();
    const wrapper = [
      '#!/bin/sh',
      `export CONTAINERS_CONF='${at('containers.conf')}' BUILDAH_ISOLATION=chroot`,
      'exec unshare --mount --propagation=private sh -c \'umount /sys/fs/cgroup/unified 2> /dev/null; exec "$0" "$@"\' \\',
      `  '${real}' --root='${at('storage')}' --runroot='${at('state')}' "$@"`,
    ];
    writeFileSync(this.#program, `${wrapper.join('\n')}\n`, { mode: 0o755 });
    this.#importTools(at('base.tar'));
    this.#addPrograms(at('context/own'));
  }

  /** Environment in which `podman` is this one. */
  get env(): NodeJS.ProcessEnv {
    return { PATH: `${path.dirname(this.#program)}:${process.env.PATH}` };
  }

  /** livemedia-creator and Anaconda replay this recorded stream from now on. */
  replay(stream: string): void {
    const context = path.join(this.#directory, 'context');
    const recipe = `FROM localhost/tools-tree\nCOPY own/ /\nENV FAKE_STREAM=/streams/${stream} FAKE_TMP=/tmp FAKE_SECOND_MS=100\n`;
    writeFileSync(path.join(context, 'Containerfile'), recipe);
    this.run('build', `--tag=${fedora}`, context);
  }

  run(...argv: readonly string[]): string {
    return execFileSync(this.#program, argv, { encoding: 'utf8', stdio: 'pipe' });
  }

  remove(): void {
    this.run('rm', '--all', '--force');
    this.run('rmi', '--all', '--force');
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** The tools tree has what shell programs need, and much that they do not. */
  #importTools(tar: string): void {
    const needless = ['usr/share/*', 'usr/lib/grub', 'usr/lib/python3*', 'var', 'dev', 'proc', 'sys', 'run', 'tmp'];
    const excluded = needless.map((name) => `--exclude=./${name}`);
    execFileSync('tar', ['--create', '--file', tar, ...excluded, '-C', toolsRoot(), '.']);
    this.run('import', tar, 'localhost/tools-tree');
    rmSync(tar);
  }

  #addPrograms(own: string): void {
    for (const name of ['tmp', 'dev', 'proc', 'sys', 'run', 'var/tmp', 'usr/local/bin']) {
      mkdirSync(path.join(own, name), { recursive: true });
    }
    const programs = path.join(own, 'usr/local/bin');
    for (const name of ['livemedia-creator', 'anaconda', 'ksvalidator', 'play']) {
      cpSync(path.join(sources, 'fake-bin', name), path.join(programs, name));
    }
    writeFileSync(path.join(programs, 'dnf'), '#!/bin/sh\necho "$*" >> /dnf.log\n', { mode: 0o755 });
    cpSync(path.join(sources, 'fixtures/livemedia'), path.join(own, 'streams'), { recursive: true });
  }
}
