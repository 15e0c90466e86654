import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EnvironmentError } from '../diagnostic/index.ts';
import { CommandFailed, inNamespaces, type Privilege, type Runner } from '../process/index.ts';

/**
 * Tries the namespaces that every build step needs, instead of guessing from settings.
 * @throws EnvironmentError saying what this machine does not allow, and what would
 */
export async function checkNamespaces(runner: Runner, privilege: Privilege): Promise<void> {
  try {
    await runner.run({ argv: inNamespaces(privilege, ['mount', '-t', 'tmpfs', 'tmpfs', '/mnt']) });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const output = error.completed.stderr.trim();
    throw new EnvironmentError({
      code: 'no-namespaces',
      severity: 'error',
      message: `this machine does not let ${privilege === 'root' ? 'root' : 'this user'} make the namespaces that a build needs: ${output}`,
      hint: privilege === 'root' ? rootHint : userHint(output),
    });
  }
}

const rootHint = [
  'A container must be allowed to mount: docker or podman run --privileged; on GitHub `options: --privileged` of the job’s container,',
  'of a runner of GitLab `privileged = true` below [runners.docker], of one of Forgejo or Gitea `privileged: true` below `container:`.',
].join(' ');

/** Settings of the kernel that keep users from making namespaces: which value does, and the command that lets them. */
const SETTINGS: readonly { readonly name: string; readonly closed: string; readonly open: string }[] = [
  // Ubuntu 23.10 and newer: programs without a profile of AppArmor's that allows it.
  { name: 'kernel.apparmor_restrict_unprivileged_userns', closed: '1', open: '0' },
  // Debian's kernels before 11, and hardened ones.
  { name: 'kernel.unprivileged_userns_clone', closed: '0', open: '1' },
  { name: 'user.max_user_namespaces', closed: '0', open: '15000' },
];

/**
 * What lets this user make namespaces.
 * @param sysctl the directory of the kernel's settings, for tests
 */
export function userHint(output: string, sysctl = '/proc/sys'): string {
  if (/subuid|subgid|newuidmap|newgidmap|no line matching|uid_map/i.test(output)) {
    return 'The user needs subordinate ids: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER';
  }
  if (/unrecognized option|--map-auto/.test(output))
    return 'util-linux 2.38 or newer is needed; older machines can build as root.';
  const closed = SETTINGS.filter(({ name, closed }) => settingOf(name, sysctl) === closed);
  if (closed.length > 0) {
    const values = closed.map(({ name, open }) => `${name}=${open}`).join(' ');
    return `Until the next start of this machine: sudo sysctl -w ${values}; the same in /etc/sysctl.d/ lasts. Building as root works, too.`;
  }
  return 'In a container: it must be allowed to make user namespaces, such as docker run --privileged. Building as root works, too.';
}

function settingOf(name: string, sysctl: string): string | undefined {
  try {
    return readFileSync(path.join(sysctl, name.replaceAll('.', '/')), 'utf8').trim();
  } catch {
    return undefined;
  }
}
