import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';

const rootfs = path.join(checkout, 'overlays/kiosk/rootfs');

interface Computer {
  /** What `ip -o route show default` says. */
  readonly route?: string;
  readonly batteries?: readonly Readonly<Record<string, string>>[];
  readonly env?: NodeJS.ProcessEnv;
}

/** What the panel is told on such a computer: at first, and after the kernel has said that something changed. */
function told({ route = '', batteries = [], env = {} }: Computer): readonly Readonly<Record<string, string>>[] {
  const place = scratchDirectory();
  mkdirSync(path.join(place, 'bin'));
  const program = (name: string, script: string) =>
    writeFileSync(path.join(place, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const addresses = '2: enp1s0    inet 192.0.2.7/24 brd 192.0.2.255 scope global dynamic enp1s0';
  program(
    'ip',
    `case "$*" in *monitor*) echo change ;; *route*) echo '${route}' ;; *enp1s0*) echo '${addresses}' ;; esac`,
  );
  // Another minute would be another test.
  program('sleep', 'exit 1');
  batteries.forEach((files, index) => {
    const supply = path.join(place, 'class/power_supply', `BAT${index}`);
    mkdirSync(supply, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(supply, name), `${text}\n`);
  });
  const { stdout, status } = spawnSync('sh', [path.join(rootfs, 'usr/libexec/phyllome-kiosk-status')], {
    encoding: 'utf8',
    env: { PATH: `${place}/bin:/usr/bin:/bin`, PHYLLOME_SYS: place, ...env },
  });
  expect(status).toBe(0);
  const groups = stdout.split('\n\n').filter((group) => group !== '');
  return groups.map((group) =>
    Object.fromEntries(group.split('\n').map((line) => [line.split('|')[0], line.split('|').slice(1).join(' ')])),
  );
}

test('without network and battery', () => {
  expect(told({})).toEqual([
    { network: 'bool false', address: 'string ', power: 'bool false', battery: 'string ', keyboard: 'string us' },
    { network: 'bool false', address: 'string ', power: 'bool false', battery: 'string ', keyboard: 'string us' },
  ]);
});

test('the address of the card that leads out', () => {
  const route = 'default via 192.0.2.1 dev enp1s0 proto dhcp src 192.0.2.7 metric 100';
  const [first] = told({ route });
  expect(first).toMatchObject({ network: 'bool true', address: 'string 192.0.2.7' });
});

test('the battery of the computer, not that of its mouse', () => {
  const batteries = [
    { type: 'Battery', scope: 'Device', capacity: '3', status: 'Discharging' },
    { type: 'Battery', capacity: '81', status: 'Discharging' },
  ];
  expect(told({ batteries })[0]).toMatchObject({ power: 'bool true', battery: 'string 81%, discharging' });
});

test('the keyboard layout with its variant', () => {
  const env = { XKB_DEFAULT_LAYOUT: 'de', XKB_DEFAULT_VARIANT: 'neo' };
  expect(told({ env })[0]).toMatchObject({ keyboard: 'string de (neo)' });
});

test('the panel asks for what it is told, and starts programs that are there', () => {
  const text = readFileSync(path.join(rootfs, 'etc/xdg/yambar/config.yml'), 'utf8');
  expect(parse(text)).toMatchObject({ bar: { location: 'top' } });
  const tags = [...text.matchAll(/\{(\w+)\}|conditions: \{(\w+):/g)].map(([, shown, asked]) => shown ?? asked);
  const known = Object.keys(told({})[0] ?? {});
  expect(tags.filter((tag) => tag !== 'date' && tag !== 'time' && !known.includes(tag ?? ''))).toEqual([]);
  for (const [, file = ''] of text.matchAll(/(\/usr\/libexec\/[\w-]+)/g)) readFileSync(path.join(rootfs, file));
});
