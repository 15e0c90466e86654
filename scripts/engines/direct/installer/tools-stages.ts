import { type CachedStage, cacheDirectory, outputOf } from '../../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../../process/index.ts';
import { copyPackages } from '../../exact-packages/index.ts';
import { aptGet, writeLock } from '../apt.ts';
import type { DirectBase } from '../base.ts';
import { lockedStage } from '../locked-stage.ts';
import type { System } from '../output-maker.ts';
import { downloadStep } from '../packages-stages.ts';
import { installerPackages, leftOutOfPackages } from './packages.ts';

const tools = `${outputOf('tools')}/root`;
const index = outputOf('index');
const packageTree = outputOf('root-tree');
const resolved = outputOf('installer-resolve');
const status = `${packageTree}/root/var/lib/dpkg/status`;
const lock = `${resolved}/lock`;

/** The programs of the installer that the root tree lacks: `usr` alone, nothing of it set up. */
export const installerTools = `${outputOf('installer-tools')}/tree`;

/** Which packages the root tree lacks → their files. */
export function installerToolsStages(
  { base, locked }: Pick<NonNullable<System['installer']>, 'base' | 'locked'>,
  privilege: Privilege,
): CachedStage[] {
  const resolve =
    locked === undefined
      ? resolveStage(base, privilege)
      : lockedStage('installer-resolve', "The installer's locked packages", locked);
  return [resolve, toolsStage(privilege)];
}

function resolveStage(base: DirectBase, privilege: Privilege): CachedStage {
  const install = ['install', '--print-uris', '-qq', '--yes', '--no-remove', '-oAPT::Install-Recommends=false'];
  const apt = aptGet(base, index, '/var/empty', [...install, ...installerPackages], status);
  return {
    id: 'installer-resolve',
    title: "Resolving the installer's packages",
    key: { values: [], stages: ['root-tree'], files: [`${index}/state`] },
    reuse: { kind: 'always' },
    estimatedBytes: 1e6,
    steps: [
      {
        id: 'resolve',
        title: 'Resolving what the system lacks',
        argv: inNamespaces(
          privilege,
          inToolsTree(tools, ['sh', '-euc', writeLock, resolved, ...apt], {
            write: [resolved],
            read: [index, packageTree],
          }),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}

function toolsStage(privilege: Privilege): CachedStage {
  const archives = `${cacheDirectory}/packages`;
  const stage = outputOf('installer-tools');
  return {
    id: 'installer-tools',
    title: "The installer's programs",
    key: { values: [], stages: [], files: [lock] },
    reuse: { kind: 'always' },
    estimatedBytes: 100e6,
    steps: [
      downloadStep("Downloading the installer's packages", resolved, privilege),
      {
        id: 'unpack',
        title: "Unpacking the installer's packages",
        argv: inNamespaces(
          privilege,
          inToolsTree(tools, ['sh', '-euc', unpack, stage, archives, lock, ...leftOutOfPackages], {
            write: [stage],
            read: [archives, resolved],
          }),
        ),
        needs: ['namespaces'],
      },
    ],
  };
}

/**
 * $0: the stage; $1: the download cache; $2: the list of packages; then patterns of what is left out. Nothing of the packages runs.
 * What lies outside of /usr is a system's own configuration: these programs go without it.
 */
const unpack = `archives=$1 lock=$2; shift 2
mkdir -p "$0/tree"
for pattern; do echo "$pattern"; done > /tmp/left-out
mkdir /tmp/packages; set -- /tmp/packages
${copyPackages}
for package in /tmp/packages/*.deb; do
  dpkg-deb --fsys-tarfile "$package" > /tmp/files.tar
  tar --extract --file=/tmp/files.tar --directory="$0/tree" --wildcards --exclude-from=/tmp/left-out
done
find "$0/tree" -mindepth 1 -maxdepth 1 ! -name usr -exec rm -r {} +
find "$0/tree" -type d -empty -delete`;
