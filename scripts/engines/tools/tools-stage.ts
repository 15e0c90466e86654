import { type CachedStage, cacheDirectory, outputOf, writeInputTo } from '../../plan/index.ts';
import { inNamespaces, type Privilege } from '../../process/index.ts';
import {
  copyPackages,
  downloadPackages,
  type ExactList,
  makeRepository,
  packagesOf,
  repositorySource,
} from '../exact-packages/index.ts';

/** Programs that engines and lab run. Only what is used; a longer list is a longer first build. */
export const toolsPackages = [
  // making images
  'mmdebstrap',
  'mount',
  'bubblewrap',
  'debian-archive-keyring',
  'ca-certificates',
  'squashfs-tools',
  'zstd',
  'cpio',
  'isomd5sum',
  'distribution-gpg-keys',
  'xorriso',
  'grub-pc-bin',
  'grub-efi-amd64-bin',
  'grub-common',
  'grub2-common',
  'mtools',
  'libcap2-bin',
  'dosfstools',
  // what firmware with Secure Boot accepts
  'shim-signed',
  'grub-efi-amd64-signed',
  // making disk images
  'systemd-repart',
  'e2fsprogs',
  'xfsprogs',
  'btrfs-progs',
  // the clock and the chance of mkfs.xfs
  'libfaketime',
  // looking at what Fedora's installer made
  'rpm',
  'systemd',
  // booting them
  'qemu-system-x86',
  'qemu-utils',
  'ovmf',
  'seabios',
  'swtpm',
  'swtpm-tools',
];

export const suite = 'trixie';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const stage = outputOf('tools');
const root = `${stage}/root`;

/** The line of a sources.list that the tools tree is made from. */
export function toolsSource(mirror: string): string {
  return `deb [signed-by=${keyring}] ${mirror} ${suite} main`;
}

/** The repository of the tools tree as a lock tells it. */
export const toolsRepository = { suite, components: ['main'] } as const;

/**
 * The pinned tree of tools, made by the host's mmdebstrap once. Its versions are those of Debian 13, whatever the host is.
 * It is not renewed by itself: a build should not change because a tool did. Remove the cache directory to renew it.
 * What it consists of is written beside it, as a list of exact packages.
 */
export function toolsStage(mirror: string, privilege: Privilege): CachedStage {
  return {
    ...common,
    key: { values: [], stages: [], files: [] },
    steps: [
      {
        id: 'install',
        title: 'Installing tools',
        argv: inNamespaces(privilege, [
          ...mmdebstrap,
          `--include=${toolsPackages.join(',')}`,
          `--customize-hook=${noteList} > "${stage}/lock"`,
          suite,
          root,
          toolsSource(mirror),
        ]),
        needs: ['network', 'namespaces'],
        progress: 'dpkg',
      },
    ],
  };
}

/** The same tree of exactly the packages of a list, wherever they still are. */
export function lockedToolsStage({ lock, addresses }: ExactList, privilege: Privilege): CachedStage {
  const archives = `${cacheDirectory}/packages`;
  const seed = [
    'set -eu; set -- "$1/var/cache/apt/archives"; mkdir -p "$1/partial"',
    `lock="${stage}/lock" archives="${archives}" suite=${suite}`,
    copyPackages,
    makeRepository,
  ].join('\n');
  const install = [
    // The host's own /tmp: nobody else's directory.
    'repository=$(mktemp -d); trap \'rm -rf "$repository"\' EXIT; export repository',
    packagesOf(`${stage}/lock`),
    `"$@" --include="$packages" ${suite} "$0" "${repositorySource('$repository')}"`,
  ].join('\n');
  return {
    ...common,
    key: { values: [], stages: [], files: [] },
    steps: [
      { id: 'list', title: 'Listing packages', argv: writeInputTo(`${stage}/lock`), stdin: lock, needs: [] },
      {
        id: 'addresses',
        title: 'Noting where they may be',
        argv: writeInputTo(`${stage}/addresses`),
        stdin: addresses,
        needs: [],
      },
      {
        id: 'download',
        title: 'Downloading packages',
        argv: ['sh', '-euc', downloadPackages, archives, `${stage}/lock`, `${stage}/addresses`],
        needs: [],
        progress: 'apt-download',
      },
      {
        id: 'install',
        title: 'Installing tools',
        argv: inNamespaces(privilege, ['sh', '-euc', install, root, ...mmdebstrap, `--setup-hook=${seed}`]),
        needs: ['namespaces'],
        progress: 'dpkg',
      },
    ],
  };
}

const common = {
  id: 'tools',
  title: 'Tools tree (QEMU, GRUB, mmdebstrap … from Debian 13)',
  reuse: { kind: 'always' },
  estimatedBytes: 700e6,
} as const;

export const mmdebstrap = [
  'mmdebstrap',
  '--mode=root',
  '--verbose',
  '--variant=apt',
  '--architectures=amd64',
  '--aptopt=APT::Install-Recommends "false"',
  '--aptopt=Acquire::Languages "none"',
  ...['doc', 'man', 'locale', 'info'].map((dir) => `--dpkgopt=path-exclude=/usr/share/${dir}/*`),
];

/** Shell text of mmdebstrap's hook: prints what is installed in `$1`, a line `FILE BYTES SHA256:SUM` each, by the signed indexes. */
const noteList = [
  `chroot "$1" dpkg-query --show --showformat '\${Package}=\${Version}\\n'`,
  'chroot "$1" xargs apt-cache show --no-all-versions',
  `awk '/^Package: /{p=$2} /^Version: /{v=$2} /^Architecture: /{a=$2} /^Size: /{s=$2} /^SHA256: /{h=$2}
    function line() { if (p != "") { gsub(":", "%3a", v); print p "_" v "_" a ".deb " s " SHA256:" h } p = "" }
    /^$/{line()} END{line()}'`,
  'LC_ALL=C sort -u',
].join(' | ');
