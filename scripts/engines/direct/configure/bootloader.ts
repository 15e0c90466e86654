import type { CommandHandler } from '../../../configure/index.ts';
import { imageKind } from '../../../image/index.ts';
import { quoteForShell } from '../../../process/index.ts';

/** `bootloader`: the arguments are in the image's boot menu, and in /etc/kernel/cmdline for later kernels. */
export const bootloader: CommandHandler = {
  commands: ['bootloader'],
  options: ['--append', '--timeout', '--sdboot'],
  idle: {
    '--location': 'boot loaders are in partitions of their own, or on the medium; what says something else is refused',
  },
  check(model) {
    const entry = model.commands.bootloader;
    if (!entry) return [];
    const refused = (message: string) => [
      { code: 'unsupported-option', severity: 'error' as const, message, ...(entry.span && { span: entry.span }) },
    ];
    const isDisk = imageKind(model) === 'disk';
    if (!isDisk && entry.sdboot) return refused('bootloader --sdboot: the loader of a live image is GRUB');
    return isDisk && (entry.location === 'partition' || entry.location === 'boot')
      ? refused(`bootloader --location=${entry.location}: GRUB has its own partition; say mbr`)
      : [];
  },
  scripts(model) {
    const entry = model.commands.bootloader;
    const line = entry?.appendLine?.trim();
    if (!entry || !line) return [];
    const body = `mkdir -p /etc/kernel; printf '%s\\n' ${quoteForShell(line)} > /etc/kernel/cmdline`;
    return [{ id: 'bootloader', title: 'bootloader', body, origin: entry.span }];
  },
};
