import type { KickstartModel } from 'kickstart-parser';
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

/** Kernel arguments: where the root is, then the flavour's, then those of the answers. */
export function commandLine(model: KickstartModel, layout: Layout, medium: Medium): string[] {
  const more = splitKernelCommandLine(model.commands.bootloader?.appendLine ?? '');
  return [...layout.rootArguments, 'ro', ...medium.kernelArguments, ...more];
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
