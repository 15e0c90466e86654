import { quoteForShell } from '../../../process/index.ts';
import type { CommandHandler } from './handler.ts';

/** `bootloader`: the arguments are in the image's boot menu, and in /etc/kernel/cmdline for later kernels. */
export const bootloader: CommandHandler = {
  commands: ['bootloader'],
  options: ['--append', '--location', '--timeout', '--sdboot'],
  scripts(model) {
    const entry = model.commands.bootloader;
    const line = entry?.appendLine?.trim();
    if (!entry || !line) return [];
    const body = `mkdir -p /etc/kernel; printf '%s\\n' ${quoteForShell(line)} > /etc/kernel/cmdline`;
    return [{ id: 'bootloader', title: 'bootloader', body, origin: entry.span }];
  },
};
