import { type CachedStage, outputOf } from '../../plan/index.ts';
import { inNamespaces, type Privilege } from '../../process/index.ts';
import { mmdebstrap, suite, toolsSource } from './tools-stage.ts';

/** What installs and reads RPM packages. A tree of its own: who builds Debian needs nothing of it. */
const rpmToolsPackages = [
  'dnf',
  'rpm',
  'createrepo-c',
  // Debian's macro for users of packages is a noisy script; this program is asked instead.
  'systemd',
  // Labels of SELinux by a policy, without its being in force.
  'policycoreutils',
  'kmod',
  'zstd',
  'ca-certificates',
  // Fedora's keys, of each release.
  'distribution-gpg-keys',
];

const stage = outputOf('rpm-tools');

/** Root of that tree. */
export const rpmToolsTree = `${stage}/root`;

/** A pinned tree of Debian 13, as the tools tree is: made once, by the host's mmdebstrap. */
export function rpmToolsStage(mirror: string, privilege: Privilege): CachedStage {
  return {
    id: 'rpm-tools',
    title: 'Tools for RPM packages (dnf, rpm … from Debian 13)',
    reuse: { kind: 'always' },
    estimatedBytes: 350e6,
    key: { values: [], stages: [], files: [] },
    steps: [
      {
        id: 'install',
        title: 'Installing tools for RPM packages',
        argv: inNamespaces(privilege, [
          ...mmdebstrap,
          `--include=${rpmToolsPackages.join(',')}`,
          suite,
          rpmToolsTree,
          toolsSource(mirror),
        ]),
        needs: ['network', 'namespaces'],
        progress: 'dpkg',
      },
    ],
  };
}
