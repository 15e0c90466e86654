import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { kernelArguments } from '../../../scripts/image/index.ts';
import type { RenderedSet } from '../../../scripts/render/index.ts';
import { kickstartModel } from './fixtures.ts';

/** What a good installation of a kickstart leaves, for the stand-ins of unsquashfs, rpm and systemctl; path → content. */
function goodTree({ kickstart, map }: RenderedSet): Record<string, string> {
  const { commands, packages } = kickstartModel(kickstart);
  const asked = packages?.packages.map(({ name }) => name) ?? [];
  const states = { enable: 'enabled', disable: 'disabled', mask: 'masked' } as const;
  const units = (all: typeof map.units) => all.map(({ name, preset }) => `${name} ${states[preset]} -\n`).join('');
  // Nobody asks for these, and bash needs them: seen with every Anaconda.
  const needed = ['filesystem', 'glibc', 'setup'];
  const layout = commands.keyboard?.xLayouts?.[0] ?? '';
  return {
    'etc/hostname': `${commands.network.at(-1)?.hostname}\n`,
    'etc/locale.conf': `LANG="${commands.lang?.lang}"\n`,
    'etc/vconsole.conf': `KEYMAP="${commands.keyboard?.vcKeymap}"\nFONT="eurlatgr"\nXKBLAYOUT="${layout}"\nXKBVARIANT=""\n`,
    'etc/X11/xorg.conf.d/00-keyboard.conf': `Section "InputClass"\n  Option "XkbLayout" "${layout}"\n  Option "XkbVariant" ""\n`,
    'etc/localtime': `-> ../usr/share/zoneinfo/${commands.timezone?.timezone}`,
    'etc/machine-id': '',
    'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/sbin/nologin\n',
    'etc/group': 'root:x:0:\nwheel:x:10:\n',
    'etc/shadow': 'root:!:20000::::::\nnobody:!*:20000::::::\n',
    'usr/lib/systemd/units': units(map.units),
    'usr/lib/systemd/user-units': units(map.userUnits),
    'usr/lib/sysimage/rpm/packages': [...asked, ...needed].map((name) => `${name}\t1:2.0-3.fc44\tx86_64\n`).join(''),
    'usr/lib/sysimage/rpm/files': '',
    'usr/lib/sysimage/rpm/requires':
      'bash\tfilesystem >= 3\nbash\tlibc.so.6()(64bit)\nbash\tfilesystem\nfilesystem\tsetup\n',
    'usr/lib/sysimage/rpm/provides': 'glibc\tlibc.so.6()(64bit)\n',
    ...Object.fromEntries(map.files.map((file) => [file.path.slice(1), `content of ${file.path}\n`])),
  };
}

/** Changes of a good tree: a path's new content, or `undefined` for no such file; of `menu`, the arguments in the boot menu. */
export type TreeChanges = Readonly<Record<string, string | ((good: string) => string) | undefined>>;

/** Writes the tree into `directory`, its boot menu beside it. */
export function writeInstalledTree(directory: string, rendered: RenderedSet, changes: TreeChanges = {}): void {
  const asked = kernelArguments(kickstartModel(rendered.kickstart)).join(' ');
  const good: Record<string, string> = { ...goodTree(rendered), menu: asked };
  for (const [file, change] of Object.entries(changes)) {
    if (change === undefined) delete good[file];
    else good[file] = typeof change === 'string' ? change : change(good[file] ?? '');
  }
  const { menu = '', ...files } = good;
  for (const [file, content] of Object.entries(files)) {
    const at = path.join(directory, file);
    mkdirSync(path.dirname(at), { recursive: true });
    if (file === 'etc/localtime') writeLink(at, content.replace('-> ', ''));
    else writeFileSync(at, content);
  }
  const entry = (word: string) => `  linux /images/pxeboot/vmlinuz root=live:CDLABEL=X ${menu} rd.live.image ${word}\n`;
  writeFileSync(
    `${directory}.menu`,
    `menuentry 'Start' {\n${entry('quiet')}}\nmenuentry 'Test' {\n${entry('rd.live.check quiet')}}\n`,
  );
}

function writeLink(at: string, target: string): void {
  rmSync(at, { force: true });
  symlinkSync(target, at);
}
