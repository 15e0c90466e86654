import { type CachedStage, outputOf } from '../../plan/index.ts';
import { inNamespaces, type Privilege } from '../../process/index.ts';

/** Programs that engines and lab run. Only what is used; a longer list is a longer first build. */
const packages = [
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
  // booting them
  'qemu-system-x86',
  'qemu-utils',
  'ovmf',
  'seabios',
  'swtpm',
  'swtpm-tools',
];

const suite = 'trixie';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The pinned tree of tools, made by the host's mmdebstrap once. Its versions are those of Debian 13, whatever the host is.
 * It is not renewed by itself: a build should not change because a tool did. Remove the cache directory to renew it.
 */
export function toolsStage(mirror: string, privilege: Privilege): CachedStage {
  const root = `${outputOf('tools')}/root`;
  return {
    id: 'tools',
    title: 'Tools tree (QEMU, GRUB, mmdebstrap … from Debian 13)',
    key: { values: [], stages: [], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 700e6,
    steps: [
      {
        id: 'install',
        title: 'Installing tools',
        argv: inNamespaces(privilege, [
          'mmdebstrap',
          '--mode=root',
          '--verbose',
          '--variant=apt',
          '--architectures=amd64',
          `--include=${packages.join(',')}`,
          '--aptopt=APT::Install-Recommends "false"',
          '--aptopt=Acquire::Languages "none"',
          ...['doc', 'man', 'locale', 'info'].map((dir) => `--dpkgopt=path-exclude=/usr/share/${dir}/*`),
          suite,
          root,
          `deb [signed-by=${keyring}] ${mirror} ${suite} main`,
        ]),
        needs: ['network', 'namespaces'],
        progress: 'dpkg',
      },
    ],
  };
}
