import type { KickstartModel } from 'kickstart-parser';
import { grubMenu, menuEntry } from '../../boot-menu/index.ts';
import { type ConfigureScript, configuring, postScripts, scriptCommand } from '../../configure/index.ts';
import { splitKernelCommandLine } from '../../flavour/index.ts';
import type { Medium } from '../medium/medium.ts';
import type { FileSystem, Layout } from '../storage/layout.ts';
import { type Step, shell, target, writing } from './step.ts';

/** Makes of the copied tree the system of this computer. */
export function systemSteps(
  model: KickstartModel,
  layout: Layout,
  medium: Medium,
  packages: ReadonlySet<string>,
): Step[] {
  const line = commandLine(model, layout, medium);
  return [
    writing('Writing /etc/fstab', '/etc/fstab', fileSystemTable(layout)),
    ...(laterEncrypted(layout).length > 0
      ? [writing('Writing /etc/crypttab', '/etc/crypttab', encryptedTable(layout))]
      : []),
    writing('Writing the kernel arguments', '/etc/kernel/cmdline', `${line.join(' ')}\n`),
    // A /boot of its own is what the boot loader sees: the links to the newest kernel are there.
    ...(layout.boot.isSeparate
      ? [
          writing(
            'Choosing where kernels are linked',
            '/etc/kernel-img.conf',
            'do_symlinks = yes\nlink_in_boot = yes\n',
          ),
        ]
      : []),
    shell('Naming the kernel', linkKernel, target, medium.kernelVersion, layout.boot.isSeparate ? 'boot' : ''),
    shell('Preparing the new system for its programs', bindMounts, target),
    ...configureScripts(model, packages).map(configureStep),
  ];
}

/** GRUB and its menu, for each firmware that has a partition. */
export function loaderSteps(model: KickstartModel, layout: Layout, medium: Medium, firmware: 'bios' | 'uefi'): Step[] {
  const { disk, esp, hasBios, fileSystemUuid, menuDirectory } = layout.boot;
  const line = commandLine(model, layout, medium);
  const name = `/dev/${disk.name}`;
  return [
    writing('Writing the boot menu', '/boot/grub/grub.cfg', menu(model, medium, fileSystemUuid, line)),
    ...(hasBios
      ? [
          {
            title: 'Installing GRUB for BIOS',
            argv: ['grub-install', '--target=i386-pc', `--boot-directory=${target}/boot`, '--no-floppy', name],
          },
        ]
      : []),
    ...(esp === undefined
      ? []
      : [
          shell('Installing shim and GRUB for UEFI', efiLoaders, `${target}/boot/efi`),
          writing(
            'Writing where GRUB goes on',
            '/boot/efi/EFI/debian/grub.cfg',
            grubStart(fileSystemUuid, menuDirectory),
          ),
        ]),
    ...(esp === undefined || firmware === 'bios' ? [] : [firmwareEntry(name, esp, medium)]),
  ];
}

/** Kernel arguments: where the root is, then the flavour's, then those of the answers. */
function commandLine(model: KickstartModel, layout: Layout, medium: Medium): string[] {
  const more = splitKernelCommandLine(model.commands.bootloader?.appendLine ?? '');
  return [...layout.rootArguments, 'ro', ...medium.kernelArguments, ...more];
}

function menu(model: KickstartModel, medium: Medium, uuid: string, line: readonly string[]): string {
  const entry = (title: string, suffix: string) => menuEntry(title, `/vmlinuz${suffix}`, `/initrd.img${suffix}`, line);
  return grubMenu(
    [
      `search --no-floppy --fs-uuid --set=root ${uuid}`,
      entry(medium.title, ''),
      'if [ -e /initrd.img.old ]; then',
      entry(`${medium.title}, the kernel before the last update`, '.old'),
      'fi',
    ],
    model.commands.bootloader?.timeout ?? medium.menuTimeout,
  );
}

function grubStart(uuid: string, menuDirectory: string): string {
  return [
    `search --no-floppy --fs-uuid --set=root ${uuid}`,
    `set prefix=($root)${menuDirectory}`,
    'configfile $prefix/grub.cfg',
    '',
  ].join('\n');
}

/** shim's own path for the firmware's entry, and the path that a firmware without one looks at. */
const efiLoaders = `mkdir -p "$1/EFI/phyllome" "$1/EFI/BOOT" "$1/EFI/debian"
for directory in phyllome BOOT; do
  cp /usr/lib/shim/mmx64.efi.signed "$1/EFI/$directory/mmx64.efi"
  cp /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed "$1/EFI/$directory/grubx64.efi"
done
cp /usr/lib/shim/shimx64.efi.signed "$1/EFI/phyllome/shimx64.efi"
cp /usr/lib/shim/shimx64.efi.signed "$1/EFI/BOOT/BOOTX64.EFI"`;

/** The firmware's memory may be full or locked; then it starts what lies at the usual path. */
function firmwareEntry(disk: string, esp: number, medium: Medium): Step {
  const argv = ['efibootmgr', '--quiet', '--create', `--disk=${disk}`, `--part=${esp}`, `--label=${medium.title}`];
  return {
    title: "Making the firmware's entry",
    argv: [...argv, '--loader=\\EFI\\phyllome\\shimx64.efi'],
    mayFail: true,
  };
}

function fileSystemTable(layout: Layout): string {
  const idOf = ({ kind, uuid }: FileSystem) => (kind === 'vfat' ? `${uuid.slice(0, 4)}-${uuid.slice(4)}` : uuid);
  const rows = layout.fileSystems.map((one) => {
    const check = one.kind === 'ext4' ? (one.mountPoint === '/' ? 1 : 2) : 0;
    return `UUID=${idOf(one)} ${one.mountPoint} ${one.kind} ${one.mountOptions} 0 ${check}`;
  });
  const swaps = layout.swaps.map(({ uuid }) => `UUID=${uuid} none swap defaults 0 0`);
  return ['# Written by the installer.', ...rows, ...swaps, ''].join('\n');
}

/** What is opened after the root file system; the initramfs is told of the others on the kernel's command line. */
function laterEncrypted(layout: Layout): Layout['encrypted'] {
  return layout.encrypted.filter(({ isNeededForRoot }) => !isNeededForRoot);
}

function encryptedTable(layout: Layout): string {
  return laterEncrypted(layout)
    .map(({ name, uuid }) => `${name} UUID=${uuid} none luks\n`)
    .join('');
}

/** The links that Debian's kernel packages keep from the first update on. */
const linkKernel = `cd "$1/$3"; boot=; [ -n "$3" ] || boot=boot/
test -e "$1/boot/vmlinuz-$2"
ln -sf "\${boot}vmlinuz-$2" vmlinuz
ln -sf "\${boot}initrd.img-$2" initrd.img`;

const bindMounts = `for one in dev dev/pts proc sys; do mkdir -p "$1/$one"; mount --bind "/$one" "$1/$one"; done
mount -t tmpfs -o mode=0755 tmpfs "$1/run"; mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"`;

/** The configuration of the answers in Anaconda's order, then their %post scripts. */
function configureScripts(model: KickstartModel, packages: ReadonlySet<string>): ConfigureScript[] {
  const own = configuring.flatMap((handler) => handler.scripts(model, packages));
  // Nothing of these may fail unseen.
  return [...own.map((script) => ({ ...script, interpreter: '/bin/sh -e' })), ...postScripts(model)];
}

function configureStep(script: ConfigureScript): Step {
  const root = script.chroot === false ? '/' : target;
  return {
    title: script.title,
    argv: ['env', 'HOME=/tmp', 'chroot', root, ...scriptCommand(script)],
    stdin: script.body,
    ...(script.origin && { span: script.origin }),
    ...(script.mayFail === true && { mayFail: true as const }),
  };
}
