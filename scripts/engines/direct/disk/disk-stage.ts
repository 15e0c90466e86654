import { type CachedStage, outputOf, type Step } from '../../../plan/index.ts';
import { inToolsTree, type Privilege } from '../../../process/index.ts';
import { identifierFile, identifiersStep } from '../identifiers.ts';
import { withFinishedRoot } from '../layers.ts';
import { inToolsTreeDated } from '../made-at.ts';
import { writeStep } from '../write-step.ts';
import { grubStart, installedCommandLine, installedGrubMenu } from './boot-menu.ts';
import { datedMkfs } from './dated-mkfs.ts';
import { espImage, espLink, espStep } from './esp.ts';
import { bootOf, type DiskLayout, hasOwnBoot, type Partition, partitionIdentifier, rootOf } from './layout.ts';
import { fileSystemTable, growthDefinitions, repartDefinitions } from './repart.ts';
import { systemdBootSteps } from './systemd-boot.ts';

export interface DiskImage {
  readonly title: string;
  readonly layout: DiskLayout;
  readonly kernelArguments: readonly string[];
  /** Seconds that the menu waits. */
  readonly timeout?: number;
}

const stage = outputOf('disk');
const tools = `${outputOf('tools')}/root`;
/** What installing adds to the tree: the topmost layer. */
const installed = `${stage}/installed`;
const esp = `${stage}/esp`;
/** The disk as its sectors are, with holes where nothing is. */
export const diskFile = `${stage}/disk.raw`;

/**
 * Root tree + initramfs → a disk that boots by itself, from which disk images of all formats are made. Partitions are filled by systemd-repart and boot
 * loaders installed without a loop device, so that neither root nor devices of the host are needed.
 */
export function diskStage(disk: DiskImage, privilege: Privilege): CachedStage {
  const { partitions, loader } = disk.layout;
  const commandLine = installedCommandLine(partitions, disk.kernelArguments);
  const wholeLine = [`root=PARTUUID=${rootOf(partitions).partition.uuid}`, ...commandLine];
  const definitions = repartDefinitions(partitions, { root: '/merged', espImage: espLink }).map(
    ({ name, content }) => ({
      name,
      content,
      file: `${stage}/repart.d/${name}`,
    }),
  );
  const growth = growthDefinitions(partitions);
  const withRole = (role: Partition['role']) => partitions.some((partition) => partition.role === role);
  const bios = loader === 'grub' && withRole('bios-boot');
  const grubEfi = loader === 'grub' && withRole('esp');
  return {
    id: 'disk',
    title: 'Disk',
    key: { values: [], stages: ['root-tree', 'configure', 'initramfs'], files: [] },
    reuse: { kind: 'always' },
    // Sparse: the file systems' content, and while they are filled a second time.
    estimatedBytes: 3e9,
    steps: [
      writeStep('fstab', 'Writing /etc/fstab', `${installed}/etc/fstab`, fileSystemTable(partitions)),
      // kernel-install and systemd-boot take a new kernel's arguments from here.
      writeStep(
        'command-line',
        'Writing the kernel arguments',
        `${installed}/etc/kernel/cmdline`,
        `${wholeLine.join(' ')}\n`,
      ),
      ...growth.map(({ name, content }) =>
        writeStep(
          `growth-${name.replace('.conf', '')}`,
          `Describing how partition ${name} grows`,
          `${installed}/etc/repart.d/${name}`,
          content,
        ),
      ),
      ...(loader === 'grub'
        ? [
            writeStep(
              'menu',
              'Writing the boot menu',
              `${installed}/boot/grub/grub.cfg`,
              installedGrubMenu(disk.title, partitions, commandLine, disk.timeout),
            ),
          ]
        : []),
      installedInitramfs(hasOwnBoot(partitions)),
      ...(hasOwnBoot(partitions) ? [linksInBoot()] : []),
      ...(bios ? [grubForBios(partitions)] : []),
      ...(grubEfi ? grubForUefi(partitions) : []),
      ...(loader === 'systemd-boot'
        ? systemdBootSteps(disk.title, wholeLine, { esp, installed, tools }, disk.timeout)
        : []),
      ...definitions.map(({ name, content, file: definition }) =>
        writeStep(`definition-${name.replace('.conf', '')}`, `Describing partition ${name}`, definition, content),
      ),
      identifiersStep(
        'disk',
        [
          { name: 'disk', kind: 'uuid' },
          { name: 'directories', kind: 'uuid' },
          ...partitions.map(({ number }) => ({ name: partitionIdentifier(number), kind: 'uuid' as const })),
        ],
        `${disk.title} ${JSON.stringify(disk.layout)} ${wholeLine.join(' ')}`,
        [
          `${installed}/etc/fstab`,
          `${installed}/etc/kernel/cmdline`,
          ...definitions.map((one) => one.file),
          loader === 'grub' ? `${installed}/boot/grub/grub.cfg` : `${esp}/loader/entries`,
        ],
      ),
      ...partitions.filter(({ role }) => role === 'esp').map((partition) => espStep(partition, esp)),
      {
        id: 'partitions',
        title: 'Making and filling the partitions',
        argv: withFinishedRoot(privilege, 'disk', inToolsTreeDated(repart(), [stage]), { above: [installed] }),
        needs: ['namespaces'],
      },
      ...(bios ? [biosSetup(privilege)] : []),
      {
        id: 'tidy',
        title: 'Removing what is in the disk now',
        argv: ['sh', '-euc', 'cd "$0"; rm -rf installed esp esp.img grub repart.d tmp identifiers', stage],
        needs: [],
      },
    ],
  };
}

/** The links are those that Debian's kernel packages keep from the first update on; in /boot where that is apart. */
function installedInitramfs(linksAreInBoot: boolean): Step {
  const script = [
    'version=$(ls "$1/usr/lib/modules")',
    'mkdir -p "$0/boot"',
    'cp "$2/initrd.img" "$0/boot/initrd.img-$version"',
    ...(linksAreInBoot
      ? ['ln -s "initrd.img-$version" "$0/boot/initrd.img"', 'ln -s "vmlinuz-$version" "$0/boot/vmlinuz"']
      : ['ln -s "boot/initrd.img-$version" "$0/initrd.img"']),
  ].join('\n');
  return {
    id: 'kernel',
    title: 'Adding the initramfs',
    argv: ['sh', '-euc', script, installed, `${outputOf('root-tree')}/root`, outputOf('initramfs')],
    needs: [],
  };
}

/** Where Debian's kernel packages put the links at each update. */
function linksInBoot(): Step {
  const title = 'Saying where links to kernels are';
  return writeStep(
    'kernel-links',
    title,
    `${installed}/etc/kernel-img.conf`,
    'do_symlinks = yes\nimage_dest = /boot\n',
  );
}

const biosModules = [
  'biosdisk',
  'part_gpt',
  'ext2',
  'xfs',
  'btrfs',
  'normal',
  'configfile',
  'linux',
  'serial',
  'terminal',
];
const menuModules = ['echo', 'test', 'regexp', 'probe', 'all_video', 'vbe', 'reboot', 'halt', 'ls', 'cat'];

/** GRUB's core for the BIOS boot partition; it finds its menu on the disk that it was read from. */
function grubForBios(partitions: readonly Partition[]): Step {
  const { partition, directory } = bootOf(partitions);
  const script = 'mkdir -p "$0/grub"; cp /usr/lib/grub/i386-pc/boot.img "$0/grub"; exec "$@"';
  const core = [
    'grub-mkimage',
    '-O',
    'i386-pc',
    '-o',
    `${stage}/grub/core.img`,
    '-p',
    `(,gpt${partition.number})${directory}/grub`,
  ];
  return {
    id: 'grub-bios',
    title: 'Making GRUB for BIOS',
    argv: inToolsTree(tools, ['sh', '-euc', script, stage, ...core, ...biosModules, ...menuModules], {
      write: [stage],
    }),
    needs: [],
  };
}

/** The loaders that Debian signed, so that the disk boots with Secure Boot too. */
function grubForUefi(partitions: readonly Partition[]): Step[] {
  const script = [
    'mkdir -p "$0/EFI/BOOT"',
    'cp /usr/lib/shim/shimx64.efi.signed "$0/EFI/BOOT/BOOTX64.EFI"',
    'cp /usr/lib/shim/mmx64.efi.signed "$0/EFI/BOOT/mmx64.efi"',
    'cp /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed "$0/EFI/BOOT/grubx64.efi"',
  ].join('\n');
  return [
    // The signed GRUB looks for its first file there.
    writeStep('grub-start', 'Writing where GRUB goes on', `${esp}/EFI/debian/grub.cfg`, grubStart(partitions)),
    {
      id: 'grub-uefi',
      title: 'Adding shim and GRUB for UEFI',
      argv: inToolsTree(tools, ['sh', '-euc', script, esp], { write: [stage] }),
      needs: [],
    },
  ];
}

function repart(): string[] {
  return [
    // Copies of the tree do not belong in memory.
    'sh',
    '-euc',
    [
      `mkdir -p "$0"; export TMPDIR="$0"; seed=$1 directories=$2; ln -s "$3" ${espLink}; shift 3`,
      // With a seed of its own for checksums, ext4's UUID can be changed while it is mounted; that for hashes of names would be by chance.
      'export SYSTEMD_REPART_MKFS_OPTIONS_EXT4="-O metadata_csum_seed -E hash_seed=$(cat "$directories")"',
      datedMkfs,
      'exec "$@" "--seed=$(cat "$seed")"',
    ].join('\n'),
    `${stage}/tmp`,
    // Identifiers of the table and of the file systems follow from it.
    identifierFile('disk', 'disk'),
    identifierFile('disk', 'directories'),
    espImage,
    'systemd-repart',
    '--empty=create',
    '--size=auto',
    '--offline=yes',
    '--dry-run=no',
    '--no-pager',
    // As nearly every disk says, and what the BIOS reads; without it the file counts as a disk of 4096.
    '--sector-size=512',
    `--definitions=${stage}/repart.d`,
    `--copy-source=${stage}`,
    diskFile,
  ];
}

/**
 * grub-bios-setup wants to know the disk below its own directory, which it reads from mountinfo; a table of mounts that
 * names the image as the root file system spares the loop device.
 */
function biosSetup(privilege: Privilege): Step {
  const script = [
    'echo "1 0 1:1 / / - ext4 $2 rw" > "$1/mountinfo"',
    'echo "(hd0) $2" > "$1/device.map"',
    'mount --bind "$1/mountinfo" "/proc/$$/mountinfo"',
    'exec /usr/lib/grub/i386-pc/grub-bios-setup --skip-fs-probe --directory="$1" --device-map="$1/device.map" "$2"',
  ].join('\n');
  const argv = ['sh', '-euc', script, 'sh', `${stage}/grub`, diskFile];
  return {
    id: 'bios-setup',
    title: 'Installing GRUB for BIOS',
    argv: withFinishedRoot(privilege, 'disk', inToolsTree(tools, argv, { write: [stage], mayMount: true }), {
      above: [installed],
    }),
    needs: ['namespaces'],
  };
}
