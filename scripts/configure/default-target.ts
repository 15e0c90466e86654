import type { CommandHandler } from './handler.ts';

/** `skipx` and `xconfig --startxonboot`: text or graphical login. */
export const defaultTarget: CommandHandler = {
  commands: ['skipx', 'xconfig'],
  options: ['--startxonboot'],
  scripts(model) {
    const { skipx, xconfig } = model.commands;
    const entry = xconfig?.startX ? xconfig : skipx;
    if (!entry) return [];
    const target = xconfig?.startX ? 'graphical.target' : 'multi-user.target';
    return [{ id: 'default-target', title: target, body: `systemctl set-default ${target}`, origin: entry.span }];
  },
};
