import { type CachedStage, cacheDirectory, outputOf } from '../../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../../process/index.ts';
import { aptGet, writeLock } from '../apt.ts';
import type { DirectBase } from '../base.ts';
import { copyPackages, downloadPackages } from '../cached-packages.ts';
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
export function installerToolsStages(base: DirectBase, privilege: Privilege): CachedStage[] {
  return [resolveStage(base, privilege), toolsStage(base, privilege)];
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

function toolsStage(base: DirectBase, privilege: Privilege): CachedStage {
  const archives = `${cacheDirectory}/packages`;
  const stage = outputOf('installer-tools');
  const fetch = aptGet(
    base,
    index,
    archives,
    ['install', '--download-only', '--yes', '-oAPT::Install-Recommends=false'],
    status,
  );
  return {
    id: 'installer-tools',
    title: "The installer's programs",
    key: { values: [], stages: [], files: [lock] },
    reuse: { kind: 'always' },
    estimatedBytes: 100e6,
    steps: [
      {
        id: 'download',
        title: "Downloading the installer's packages",
        argv: inNamespaces(
          privilege,
          inToolsTree(tools, ['sh', '-euc', downloadPackages(lock), archives, lock, ...fetch], {
            // apt keeps a cache of its own beside the indexes.
            write: [archives, index],
            read: [resolved, packageTree],
            network: true,
          }),
        ),
        needs: ['namespaces'],
        progress: 'apt-download',
      },
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
