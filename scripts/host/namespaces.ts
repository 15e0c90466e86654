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

const rootHint = 'A container must be allowed to mount: docker or podman run --privileged.';

function userHint(output: string): string {
  if (/subuid|subgid|newuidmap|newgidmap|no line matching|uid_map/i.test(output)) {
    return 'The user needs subordinate ids: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER';
  }
  if (/unrecognized option|--map-auto/.test(output))
    return 'util-linux 2.38 or newer is needed; older machines can build as root.';
  return [
    'Unprivileged user namespaces may be switched off: see sysctl user.max_user_namespaces,',
    'kernel.unprivileged_userns_clone, and on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0. Building as root works too.',
  ].join(' ');
}
