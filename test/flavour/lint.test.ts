import { expect, test } from 'vitest';
import { asLine, resolveIn, sourceTree } from './source-tree.ts';

const core = (lines: readonly string[], files: Record<string, string> = {}): string[] => {
  const component = ['component: core', 'summary: the core', ...lines, ''].join('\n');
  const units = {
    'bases/more.yaml':
      'base: more\nsummary: more units\nextends: test-1\nrelease: more\nnames: {units: {fwupd: fwupd.service, getty: getty@.service, own: own.service}}\n',
  };
  const root = sourceTree({ ...units, 'overlays/core/component.yaml': component, ...files });
  return resolveIn(root, 'small', 'more').diagnostics.map(asLine);
};

test.each([
  ['dracut.conf.d/a.conf', 'force_drivers+=" vfio_pci vfio_virqfd "\n', 1, 'vfio_virqfd'],
  ['modules-load.d/a.conf', '# old\nvfio-mdev\n', 2, 'vfio_mdev'],
  ['modprobe.d/a.conf', 'options vfio-mdev x=1\n', 1, 'vfio_mdev'],
])('%s must not name a module that no kernel has', (path, text, line, module) => {
  expect(core([], { [`overlays/core/rootfs/etc/${path}`]: text })).toEqual([
    expect.stringMatching(
      new RegExp(`^absent-module overlays/core/rootfs/etc/${path}:${line}:1 the kernel has no module \`${module}\``),
    ),
  ]);
});

test('nor must a kernel argument', () => {
  const lines = ['kernelArguments:', '  - {argument: "rd.driver.pre=vfio-pci,vfio-virqfd", reason: early}'];
  expect(core(lines)[0]).toMatch(/^absent-module overlays\/core\/component.yaml:4:16 .*`vfio_virqfd`/);
});

test.each(['vfio_pci', 'kvm', 'constructor'])('%s is no fault', (module) => {
  expect(core([], { 'overlays/core/rootfs/etc/modules-load.d/a.conf': `${module}\n` })).toEqual([]);
});

const enable = (unit: string) => ['units:', `  - {enable: ${unit}, reason: it is wanted}`];

test('a static unit cannot be enabled, be it a distribution’s or our own', () => {
  expect(core(enable('fwupd'))[0]).toMatch(/^static-unit overlays\/core\/component.yaml:4:14 `fwupd.service` has no/);
  const path = 'overlays/core/rootfs/usr/lib/systemd/system/own.service';
  expect(core(enable('own'), { [path]: '[Service]\nExecStart=/bin/true\n' })[0]).toMatch(
    /^static-unit .*`own.service`/,
  );
  expect(core(enable('own'), { [path]: '[Service]\n[Install]\nWantedBy=x.target\n' })).toEqual([]);
});

test('a template needs an instance', () => {
  expect(core(enable('getty'))[0]).toMatch(/^template-unit .* `getty@.service` is a template.*getty@tty1.service/);
});

test.each([
  ['services --enabled=a', 'services --disabled=b', '`services` is given by core and by core'],
  ['part / --fstype=ext4 --size=1', 'part / --fstype=xfs --size=2', '`part /` is given by core and by core'],
])('%s, and then %s', (first, second, message) => {
  const lines = ['kickstart:', `  - {command: ${first}, reason: one}`, `  - {command: ${second}, reason: two}`];
  expect(core(lines)[0]).toMatch(new RegExp(`^repeated-command overlays/core/component.yaml:5:15 ${message}`));
});

test('several partitions are fine', () => {
  expect(
    core([
      'kickstart:',
      '  - {command: part / --size=1, reason: one}',
      '  - {command: part /boot --size=1, reason: two}',
    ]),
  ).toEqual([]);
});

test('an attended installer may ask for the passphrase; one that wipes disks by itself may not', () => {
  const part = '  - {command: part / --size=1 --encrypted, reason: nobody reads the disk}';
  expect(core(['kickstart:', part])).toEqual([]);
  for (const wipe of ['zerombr', 'clearpart --all']) {
    expect(core(['kickstart:', part, `  - {command: ${wipe}, reason: empty it}`])[0]).toMatch(/^empty-passphrase /);
  }
});

test.each([
  ['autopart --encrypted', 1],
  ["autopart --encrypted --passphrase=''", 1],
  ['autopart --encrypted --passphrase=change-me', 0],
])('`%s` has %i faults', (command, count) => {
  const found = core(['kickstart:', `  - {command: ${JSON.stringify(command)}, reason: nobody reads the disk}`]);
  expect(found.map((line) => line.split(' ')[0])).toEqual(count === 0 ? [] : ['empty-passphrase']);
});

test('a flavour that is installed unattended cannot ask for a passphrase', () => {
  const lines = ['kickstart:', '  - {command: part / --size=1 --encrypted, reason: nobody reads the disk}'];
  const flavour = 'flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\nunattended: true\n';
  expect(core(lines, { 'flavours/small.yaml': flavour })[0]).toMatch(/^empty-passphrase .*component.yaml:4:15 /);
});

test('a preset file that comes before ours is told with the line that decides, once for all the units that it decides', () => {
  const units = [
    'units:',
    '  - {enable: login, reason: somebody must log in}',
    '  - {disable: pair, reason: not wanted}',
  ];
  const at = (name: string) => `overlays/core/rootfs/etc/systemd/system-preset/${name}.preset`;
  const site = '# ours\nenable one.socket\nenable getty@.service\ndisable *\n';
  expect(core(units, { [at('00-site')]: site })).toEqual([
    expect.stringMatching(
      /^preset-before-ours overlays\/core\/rootfs\/etc\/systemd\/system-preset\/00-site.preset:2:1 `enable one.socket` decides `one.socket` before the flavour does: `00-site.preset` comes before `50-phyllome.preset`.*`60-site.preset`/,
    ),
  ]);
  expect(core(units, { [at('00-site')]: 'disable *\n' })).toEqual([
    expect.stringMatching(/:1:1 `disable \*` decides `getty@tty1.service` before/),
  ]);
  for (const harmless of [
    { [at('60-site')]: 'disable *\n' },
    { [at('00-site')]: 'enable getty@tty1.service\ndisable one.*\n' },
  ]) {
    expect(core(units, harmless)).toEqual([]);
  }
});
