import { quoteForShell } from '../process/index.ts';
import type { CommandHandler } from './handler.ts';

/**
 * `keyboard`: the console's key map and the X layouts, in /etc/vconsole.conf for systemd and /etc/default/keyboard for
 * Debian's console-setup. Debian ships the first as a link to the second.
 */
export const keyboard: CommandHandler = {
  commands: ['keyboard'],
  options: ['--vckeymap', '--xlayouts', '--switch'],
  scripts(model) {
    const entry = model.commands.keyboard;
    if (!entry) return [];
    const keymap = entry.vcKeymap || entry.keyboard;
    const layouts = entry.xLayouts ?? [];
    const xkb = {
      XKBLAYOUT: layouts.map((layout) => layout.replace(/\s*\(.*$/, '')),
      XKBVARIANT: layouts.map((layout) => /\((.*)\)/.exec(layout)?.[1] ?? ''),
      XKBOPTIONS: entry.switchOptions ?? [],
    };
    const lines = [
      ...(keymap ? [`KEYMAP="${keymap}"`] : []),
      ...(layouts.length > 0 ? Object.entries(xkb).map(([name, values]) => `${name}="${values.join(',')}"`) : []),
    ];
    const write = (file: string, content: readonly string[]) =>
      `rm -f ${file}; printf '%s\\n' ${content.map(quoteForShell).join(' ')} > ${file}`;
    const body = [
      write('/etc/vconsole.conf', lines),
      ...(layouts.length > 0
        ? [`mkdir -p /etc/default; ${write('/etc/default/keyboard', lines.slice(keymap ? 1 : 0))}`]
        : []),
    ];
    return [{ id: 'keyboard', title: 'keyboard', body: body.join('\n'), origin: entry.span }];
  },
};
