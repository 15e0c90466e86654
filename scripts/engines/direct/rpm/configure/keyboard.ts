import { keyboard as asDebian, type CommandHandler, writeFile } from '../../../../configure/index.ts';

/** `keyboard`: the console's key map in /etc/vconsole.conf, and the X layouts there and in the file that systemd-localed writes for X. */
export const keyboard: CommandHandler = {
  commands: asDebian.commands,
  options: asDebian.options,
  scripts(model) {
    const entry = model.commands.keyboard;
    if (!entry) return [];
    const keymap = entry.vcKeymap || entry.keyboard;
    const layouts = entry.xLayouts ?? [];
    const variants = layouts.map((layout) => /\((.*)\)/.exec(layout)?.[1] ?? '');
    const xkb = {
      Layout: layouts.map((layout) => layout.replace(/\s*\(.*$/, '')).join(','),
      Variant: variants.some((variant) => variant !== '') ? variants.join(',') : '',
      Options: (entry.switchOptions ?? []).join(','),
    };
    const said = layouts.length > 0 ? Object.entries(xkb).filter(([, value]) => value !== '') : [];
    const console = [
      ...(keymap ? [`KEYMAP="${keymap}"`] : []),
      ...said.map(([name, value]) => `XKB${name.toUpperCase()}="${value}"`),
    ];
    const x = [
      'Section "InputClass"',
      '        Identifier "system-keyboard"',
      '        MatchIsKeyboard "on"',
      ...said.map(([name, value]) => `        Option "Xkb${name}" "${value}"`),
      'EndSection',
    ];
    const body = [
      `rm -f /etc/vconsole.conf; ${writeFile('/etc/vconsole.conf', console.join('\n'))}`,
      ...(said.length > 0 ? [writeFile('/etc/X11/xorg.conf.d/00-keyboard.conf', x.join('\n'))] : []),
    ];
    return [{ id: 'keyboard', title: 'keyboard', body: body.join('\n'), origin: entry.span }];
  },
};
