import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { presetDifferences } from '../../scripts/image/index.ts';
import { renderFlavour } from '../../scripts/render/index.ts';
import { presetFiles } from '../../scripts/render/preset-file.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { resolveShipped, templates } from './shipped.ts';

/** What a unit of Fedora's brings along when it is enabled. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'systemd-networkd.service': ['systemd-networkd.socket', 'systemd-networkd-wait-online.service'],
  'virtqemud.service': ['virtlogd.socket', 'virtqemud.socket', 'virtqemud-ro.socket', 'virtqemud-admin.socket'],
};

/** Units that not every release has. */
const MISSING = ['dnf-makecache.timer'];

// By the computer's own systemctl, on a tree that has such units.
test.runIf(existsSync('/usr/bin/systemctl')).each([
  ['headless', 'fedora-44'],
  ['kiosk', 'fedora-43'],
])('%s on %s keeps its preset where units bring others along', (name, base) => {
  const flavour = resolveShipped(name, base);
  const { kickstart } = renderFlavour(flavour, templates);
  const script = /\n(systemctl preset-all[\s\S]*?)\n%end\n/.exec(kickstart)?.[1] ?? '';
  const root = scratchDirectory();
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  const units = flavour.units.filter((unit) => !MISSING.includes(unit.name));
  for (const unit of units) {
    const also = (ALSO[unit.name] ?? []).map((one) => `Also=${one}\n`).join('');
    // An instance's file is its template's, which names the instance.
    const file = unit.name.replace(/@[^.]+/, '@');
    const instance = /@([^.]+)/.exec(unit.name)?.[1];
    const more = instance === undefined ? also : `DefaultInstance=${instance}\n`;
    const text = `[Service]\nExecStart=true\n[Install]\nWantedBy=multi-user.target\n${more}`;
    write(`usr/lib/systemd/system/${file}`, text);
  }
  for (const file of presetFiles(flavour)) write(file.path, 'text' in file.content ? file.content.text : '');
  write('usr/lib/systemd/system-preset/90-systemd.preset', 'enable getty@.service\n');
  write('usr/lib/systemd/system-preset/99-default-disable.preset', 'disable *\n');

  const ran = spawnSync(
    'sh',
    ['-euc', `systemctl() { case "$1" in --global) ;; *) command systemctl --root="$root" "$@" ;; esac; }\n${script}`],
    { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', root } },
  );
  expect(ran.status, ran.stderr).toBe(0);
  const found = units.map((unit) => {
    const { stdout } = spawnSync('systemctl', [`--root=${root}`, 'is-enabled', unit.name], { encoding: 'utf8' });
    return { ...unit, component: unit.by, state: stdout.trim() || 'not-found' };
  });
  expect(presetDifferences({ units: found, userUnits: [] }).map(({ message }) => message)).toEqual([]);
});
