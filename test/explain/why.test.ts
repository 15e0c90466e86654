import { expect, test } from 'vitest';
import { why } from '../../scripts/explain/index.ts';
import { modulesOfLine } from '../../scripts/flavour/kernel-modules.ts';
import { renderFlavour } from '../../scripts/render/index.ts';
import { resolveIn, sourceTree } from '../flavour/source-tree.ts';
import { templates } from '../render/shipped.ts';

function ask(query: string) {
  const root = sourceTree({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\nrequires: [low]\noptions:\n  loud: {doc: says more, type: boolean, default: false}\npackages: [{name: tools, reason: to work}]\n',
    'overlays/low/component.yaml':
      'component: low\nsummary: below\nunits:\n  - {enable: login, reason: somebody logs in}\nkernelArguments:\n  - {argument: iommu=pt, reason: fast}\n',
    'overlays/low/rootfs/etc/modprobe.d/a.conf': '# why\noptions kvm-amd nested=1\n',
    'flavours/child.yaml': 'flavour: child\nsummary: a child\nextends: small\nusers: [{name: ada}]\n',
  });
  const { flavour, diagnostics } = resolveIn(root, 'child');
  if (!flavour) throw new Error(JSON.stringify(diagnostics));
  const { found, known } = why(flavour, renderFlavour(flavour, templates), query);
  const lines = found.flatMap(({ kind, name, steps }) => [
    `${kind} ${name}`,
    ...steps.map(({ text, at }) => `${at.file}:${at.start.line} ${text}`),
  ]);
  return { lines, known };
}

test('a package: the mapping, the component with its reason, and what asks for that', () => {
  expect(ask('tool-a').lines).toEqual([
    'package tool-a',
    'bases/test-1.yaml:20 base test-1 calls `tools` so',
    'overlays/core/component.yaml:6 component `core` wants `tools`: to work',
    'flavours/small.yaml:4 component `core` is asked for by flavour small',
  ]);
});

test('a unit: through the component that requires its own', () => {
  expect(ask('getty@tty1').lines).toEqual([
    'unit getty@tty1.service',
    'bases/test-1.yaml:25 base test-1 calls `login` so',
    'overlays/low/component.yaml:4 component `low` enables `login`: somebody logs in',
    'overlays/core/component.yaml:3 component `low` is required by component `core`',
    'flavours/small.yaml:4 component `core` is asked for by flavour small',
  ]);
});

test.each([
  ['iommu', 'kernel argument iommu=pt', 'overlays/low/component.yaml:6 component `low` wants `iommu=pt`: fast'],
  [
    'kvm_amd',
    'module kvm_amd',
    'overlays/low/rootfs/etc/modprobe.d/a.conf:2 `options kvm-amd nested=1` in /etc/modprobe.d/a.conf',
  ],
  [
    '/etc/modprobe.d/a.conf',
    'file /etc/modprobe.d/a.conf',
    'overlays/low/rootfs/etc/modprobe.d/a.conf:1 written from this overlay file, 0644 root:root',
  ],
  ['ada', 'user ada', 'flavours/child.yaml:4 flavour child adds `ada`'],
  ['core.loud', 'option core.loud', "overlays/core/component.yaml:5 false, the component's default: says more"],
  ['low', 'component low', 'overlays/core/component.yaml:3 component `low` is required by component `core`: below'],
  ['hostname', 'value system.hostname', 'bases/test-1.yaml:16 host, set here'],
])('%s', (query, title, first) => {
  expect(ask(query).lines.slice(0, 2)).toEqual([title, first]);
});

test('a line of the kickstart, by number and by text', () => {
  const [title, place] = ask('machine-id').lines;
  expect(title).toMatch(/^kickstart line \d+: .*machine-id/);
  expect(place).toMatch(/^kickstarts\/templates\/identity\.ks\.hbs:\d+ rendered from here$/);
  const number = /line (\d+)/.exec(title ?? '')?.[1];
  expect(ask(`:${number}`).lines.slice(0, 2)).toEqual([title, place]);
  expect(ask(':99999').lines).toEqual([]);
});

test('of what is not there, the names that it may be a slip of are told', () => {
  const { lines, known } = ask('tool-x');
  expect(lines).toEqual([]);
  expect(known).toContain('tool-a');
});

test.each([
  ['force_drivers+=" vfio_pci vfio-iommu "', '/etc/dracut.conf.d/a.conf', ['vfio_pci', 'vfio_iommu']],
  ['add_dracutmodules+=" dmsquash-live "', '/etc/dracut.conf.d/a.conf', []],
  ['blacklist nouveau # no', '/usr/lib/modprobe.d/a.conf', ['nouveau']],
  ['softdep nvidia pre: vfio-pci', '/usr/lib/modprobe.d/a.conf', ['nvidia']],
  ['br_netfilter', '/etc/modules-load.d/a.conf', ['br_netfilter']],
  ['# vfio', '/etc/modules-load.d/a.conf', []],
])('modules that `%s` names in %s', (line, path, modules) => {
  expect(modulesOfLine(line, path)).toEqual(modules);
});
