import { quoteForShell } from '../../../process/index.ts';
import type { CommandHandler } from './handler.ts';

/** `bootloader`: the arguments are in the live ISO's menu, and in /etc/kernel/cmdline for an installed system. */
export const bootloader: CommandHandler = {
  commands: ['bootloader'],
  options: ['--append', '--location', '--timeout'],
  scripts(model) {
    const entry = model.commands.bootloader;
    const line = entry?.appendLine?.trim();
    if (!entry || !line) return [];
    const body = `mkdir -p /etc/kernel; printf '%s\\n' ${quoteForShell(line)} > /etc/kernel/cmdline`;
    return [{ id: 'bootloader', title: 'bootloader', body, origin: entry.span }];
  },
};
