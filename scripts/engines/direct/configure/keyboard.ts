import { quoteForShell } from '../../../process/index.ts';
import type { CommandHandler } from './handler.ts';

/** `keyboard`: the console's key map in /etc/vconsole.conf, X layouts as Debian's keyboard-configuration keeps them. */
export const keyboard: CommandHandler = {
  commands: ['keyboard'],
  options: ['--vckeymap', '--xlayouts', '--switch'],
  scripts(model) {
    const entry = model.commands.keyboard;
    if (!entry) return [];
    const keymap = entry.vcKeymap || entry.keyboard;
    const layouts = entry.xLayouts ?? [];
    const body = [
      ...(keymap ? [`printf 'KEYMAP="%s"\\n' ${quoteForShell(keymap)} > /etc/vconsole.conf`] : []),
      ...(layouts.length > 0
        ? [
            `printf 'XKBLAYOUT="%s"\\nXKBVARIANT="%s"\\nXKBOPTIONS="%s"\\n' ${[
              layouts.map((layout) => layout.replace(/\s*\(.*$/, '')).join(','),
              layouts.map((layout) => /\((.*)\)/.exec(layout)?.[1] ?? '').join(','),
              (entry.switchOptions ?? []).join(','),
            ]
              .map(quoteForShell)
              .join(' ')} > /etc/default/keyboard`,
          ]
        : []),
    ];
    return [{ id: 'keyboard', title: 'keyboard', body: body.join('\n'), origin: entry.span }];
  },
};
