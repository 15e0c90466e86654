/** The faults of the kickstarts that this project replaces, by name: each is impossible here, or is told. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { check, flatten, parse, parseFile } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';
import { unreachedComponents } from '../../scripts/flavour/index.ts';
import { modulesIn } from '../../scripts/flavour/kernel-modules.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';
import { resolveIn, sourceTree } from '../flavour/source-tree.ts';
import { renderShipped, resolveShipped, shipped } from './shipped.ts';

const all = shipped.map(([flavour, base]) => renderShipped(flavour, base));
const fedora = all.filter(({ base }) => base.startsWith('fedora'));
const component = (...lines: string[]) => ({
  'overlays/core/component.yaml': ['component: core', 'summary: the core', ...lines, ''].join('\n'),
});
const codes = (files: Record<string, string>) => resolveIn(sourceTree(files)).diagnostics.map(({ code }) => code);

test('a fragment that no flavour reaches is reported', () => {
  const root = sourceTree({ 'overlays/lonely/component.yaml': 'component: lonely\nsummary: nobody wants it\n' });
  const told = unreachedComponents([userDirectory(root, '')], new Set(['core']));
  expect(told).toMatchObject([{ code: 'unreached-component', message: expect.stringContaining('`lonely`') }]);
});

test('duplicate YAML keys are errors', () => {
  expect(codes(component('packages: [shell]', 'packages: [tools]'))).toEqual(['duplicate-key']);
});

describe('missing includes', () => {
  test('nothing rendered includes another file', () => {
    for (const { kickstart } of all) expect(kickstart).not.toMatch(/^%(?:ksappend|include)/m);
  });

  test('what a flavour or component names must be there', () => {
    expect(codes({ 'flavours/small.yaml': 'flavour: small\nsummary: small\nbase: test-1\nextends: gone\n' })).toEqual([
      'unknown-flavour',
    ]);
    expect(codes(component('requires: [gone]'))).toEqual(['unknown-component']);
    expect(codes(component('post: [{source: gone.sh, reason: missing}]'))).toEqual(['missing-file']);
  });

  test('a kickstart of somebody else’s that includes one is an error', () => {
    const file = path.join(scratchDirectory(), 'a.ks');
    writeFileSync(file, '%include gone.ks\n');
    expect(flatten(parseFile(file)).diagnostics.map(({ code }) => code)).toEqual(['unreadable-file']);
  });
});

test('text behind a section’s header is not taken for a comment', () => {
  for (const { kickstart } of all) expect(kickstart).not.toMatch(/^%(?:pre|post|packages)\b[^\n]*[^-\w=:\s]#/m);
  const codesOf = (text: string) => check(parse(text, { file: 'x' })).map(({ code }) => code);
  expect(codesOf('rootpw --lock\n%pre this sets disks up\nset -e\ntrue\n%end\n')).toContain('unrecognized-arguments');
});

test('a %post in the chroot does not log to /mnt/sysimage', () => {
  for (const { kickstart } of all) expect(kickstart).not.toMatch(/^%post .*--log=\/mnt\/sysimage/m);
  const text = 'rootpw --lock\n%post --erroronfail --log=/mnt/sysimage/root/x.log\ntrue\n%end\n';
  expect(check(parse(text, { file: 'x' })).map(({ code }) => code)).toContain('log-inside-chroot');
});

test.each(['vfio_virqfd', 'vfio-mdev', 'kvmgt'])('%s, which no target kernel has, is in no configuration', (module) => {
  const name = module.replaceAll('-', '_');
  for (const [flavour, base] of shipped) {
    const { files, kernelArguments } = resolveShipped(flavour, base);
    expect(files.flatMap(modulesIn).map((one) => one.name)).not.toContain(name);
    expect(kernelArguments.map(({ argument }) => argument).join()).not.toContain(module);
  }
  // Debian's kernel has kvmgt: whoever names it has a reason, and ours do not.
  const dracut = 'overlays/core/rootfs/etc/dracut.conf.d/x.conf';
  const told = codes({ ...component(), [dracut]: `force_drivers+=" ${module} "\n` });
  expect(told).toEqual(module === 'kvmgt' ? [] : ['absent-module']);
});

test('IOMMU arguments are in the boot entry of everything that hands devices over', () => {
  const hosts = all.filter(({ flavour, base }) =>
    resolveShipped(flavour, base).components.some(({ name }) => name === 'vfio'),
  );
  expect(hosts.length).toBeGreaterThanOrEqual(60);
  for (const { kickstart } of hosts) {
    expect(kickstart).toMatch(/^bootloader .*--append="[^"]*\bintel_iommu=on\b[^"]*\biommu=pt\b/m);
  }
});

test('an unattended installation has no empty LUKS passphrase', () => {
  const encrypted = (more: string) =>
    component('kickstart:', `  - {command: "part / --size=1 --encrypted${more}", reason: nobody reads it}`);
  const unattended = 'flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\nunattended: true\n';
  expect(codes({ ...encrypted(''), 'flavours/small.yaml': unattended })).toEqual(['empty-passphrase']);
  expect(codes(encrypted(' --passphrase='))).toEqual(['empty-passphrase']);
  for (const { kickstart } of all) {
    if (/^part .*--encrypted/m.test(kickstart)) expect(kickstart).not.toMatch(/^(?:zerombr|clearpart|autopart)/m);
    expect(kickstart).not.toMatch(/--passphrase/);
  }
});

test('`part /` is there once', () => {
  const twice = component(
    'kickstart:',
    '  - {command: part / --size=1, reason: one}',
    '  - {command: part / --size=2, reason: two}',
  );
  expect(codes(twice)).toEqual(['repeated-command']);
  // In a subvolume it is made by `btrfs`.
  for (const { kickstart } of all) expect(kickstart.match(/^(?:part|btrfs) \/ /gm)).toHaveLength(1);
});

test('bare metal has its firmware although weak dependencies are left out', () => {
  const wanted = {
    'debian-13': ['amd64-microcode', 'intel-microcode', 'firmware-realtek'],
    fedora: ['amd-ucode-firmware', 'microcode_ctl', 'linux-firmware', 'realtek-firmware'],
  };
  for (const edition of ['headless', 'kiosk', 'desktop']) {
    for (const { base, kickstart } of all.filter(({ flavour }) => flavour === `bare-metal-${edition}`)) {
      expect(kickstart).toMatch(/^%packages .*--exclude-weakdeps/m);
      const packages = new Set(/^%packages[^\n]*\n([\s\S]*?)^%end/m.exec(kickstart)?.[1]?.split('\n'));
      for (const name of base === 'debian-13' ? wanted['debian-13'] : wanted.fedora) expect(packages).toContain(name);
    }
  }
});

test('no monolithic libvirtd where the distribution ships modular daemons', () => {
  for (const { kickstart } of fedora) expect(kickstart).not.toMatch(/^(?:enable|disable) libvirtd|^libvirt-daemon$/m);
});

test('gsettings keys that do not exist stop the build: schemas are compiled strictly where there are overrides', () => {
  const overriding = all.filter(({ kickstart }) => kickstart.includes('.gschema.override'));
  expect(overriding.length).toBeGreaterThan(20);
  for (const { kickstart } of overriding) {
    const script = kickstart.split('%post').find((section) => section.includes('glib-compile-schemas; do'));
    expect(script).toMatch(/^ --erroronfail\n[\s\S]*exec "\$compile" --strict \/usr\/share\/glib-2.0\/schemas$/m);
  }
});

test('`services` is not given twice', () => {
  const twice = component(
    'kickstart:',
    '  - {command: services --enabled=a, reason: one}',
    '  - {command: services --enabled=b, reason: two}',
  );
  expect(codes(twice)).toEqual(['repeated-command']);
  for (const { kickstart } of all) expect(kickstart.match(/^services /gm)?.length ?? 0).toBeLessThanOrEqual(1);
});
