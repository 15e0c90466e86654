import { describe, expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { resolveFlavour } from '../../scripts/flavour/resolve.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { directories } from '../render/shipped.ts';
import { asLine, onlyFinding, sourceTree } from './source-tree.ts';

const VFIO = `component: vfio
summary: hands over
options:
  devices: {doc: which, type: list, default: []}
  virtualFunctions: {doc: how many, type: list, default: []}
  mediatedDevices: {doc: which, type: list, default: []}
  keepAwake: {doc: whether, type: boolean, default: false}
`;
const component = (name: string) => `component: ${name}\nsummary: ${name}\n`;

const PROFILE = `hardware: box
summary: a box
power: desktop
cpu: {vendor: amd}
components: [firmware-wired]
devices:
  - {name: card, kind: graphics, id: "10de:2684", address: "0000:01:00.*", handOver: at-boot}
  - {name: disk, kind: nvme, address: "0000:02:00.0", handOver: on-demand}
  - {name: slot, kind: usb, slot: "0000:00:1c.0/00", handOver: at-boot}
virtualFunctions: [{name: ports, address: "0000:03:00.0", count: 4}]
kernelArguments: [{argument: amd_pstate=active, reason: it saves power}]
verified: {by: nothing}
`;

const tree = (files: Readonly<Record<string, string>> = {}) =>
  sourceTree({
    'hardware/box.yaml': PROFILE,
    'overlays/vfio/component.yaml': VFIO,
    'overlays/cpu-amd/component.yaml': component('cpu-amd'),
    'overlays/firmware-wired/component.yaml': component('firmware-wired'),
    'overlays/gpu-nvidia/component.yaml': component('gpu-nvidia'),
    'flavours/boxed.yaml': 'flavour: boxed\nsummary: small on a box\nextends: small\nhardware: box\n',
    ...files,
  });
const resolved = (name: string, files: Readonly<Record<string, string>> = {}, hardware?: string) =>
  resolveFlavour({ name, hardware, directories: [userDirectory(tree(files), '')] });
const lineOf = (text: string) => PROFILE.split('\n').findIndex((line) => line.includes(text)) + 1;

describe('a flavour for a computer', () => {
  test('has the components that the profile names, and those that follow from it', () => {
    const { flavour, diagnostics } = resolved('boxed');
    expect(diagnostics).toEqual([]);
    expect(flavour?.components.map(({ name, at }) => [name, at.file, at.start.line])).toEqual([
      ['firmware-wired', 'hardware/box.yaml', lineOf('components:')],
      ['cpu-amd', 'hardware/box.yaml', lineOf('cpu:')],
      ['vfio', 'hardware/box.yaml', lineOf('name: card')],
      ['gpu-nvidia', 'hardware/box.yaml', lineOf('name: card')],
      ['core', 'flavours/small.yaml', 4],
    ]);
  });

  test('hands over what is for the boot, and each value knows its line in the profile', () => {
    const options = resolved('boxed').flavour?.options.filter(({ isDefault }) => !isDefault);
    expect(options?.map(({ name, value, at }) => [name, value, at.file])).toEqual([
      ['devices', ['0000:01:00.*=10de:2684', '0000:00:1c.0/00.*=class:0c03'], 'hardware/box.yaml'],
      ['virtualFunctions', ['0000:03:00.0=4'], 'hardware/box.yaml'],
    ]);
  });

  test('has its kernel arguments', () => {
    expect(resolved('boxed').flavour?.kernelArguments).toEqual([
      {
        argument: 'amd_pstate=active',
        reason: 'it saves power',
        by: 'hardware box',
        at: expect.objectContaining({
          file: 'hardware/box.yaml',
          start: expect.objectContaining({ line: lineOf('amd_pstate') }),
        }),
      },
    ]);
  });

  test('may be any flavour, by the command line', () => {
    const { flavour } = resolved('small', {}, 'box');
    expect(flavour?.hardware).toMatchObject({
      name: 'box',
      devices: [{ name: 'card' }, { name: 'disk' }, { name: 'slot' }],
    });
    expect(flavour?.hardware).not.toHaveProperty('askedAt');
    expect(resolved('small').flavour).not.toHaveProperty('hardware');
  });

  test('says so where it hands over something else', () => {
    const flavour = 'flavour: boxed\nsummary: small on a box\nextends: small\nhardware: box\n';
    const other = '{vfio: {devices: ["10de:2684"]}}';
    expect(onlyFinding(resolved('boxed', { 'flavours/boxed.yaml': `${flavour}options: ${other}\n` }))).toMatch(
      /^value-conflict flavours\/boxed.yaml:5:\d+ `options.vfio.devices` differs from what hardware box says/,
    );
    const overriding = resolved('boxed', { 'flavours/boxed.yaml': `${flavour}override: {options: ${other}}\n` });
    expect(overriding.flavour?.options.find(({ name }) => name === 'devices')?.value).toEqual(['10de:2684']);
  });
});

describe('what is wrong is told', () => {
  test('an unknown profile, with what may be meant', () => {
    const flavour = 'flavour: boxed\nsummary: boxed\nextends: small\nhardware: boxx\n';
    expect(onlyFinding(resolved('boxed', { 'flavours/boxed.yaml': flavour }))).toBe(
      'unknown-hardware flavours/boxed.yaml:4:11 there is no hardware profile `boxx` (did you mean `box`?)',
    );
    expect(onlyFinding(resolved('small', {}, 'bxo'))).toMatch(/^unknown-hardware/);
  });

  test.each([
    [
      'power: desktop',
      'power: destop',
      /^wrong-value hardware\/box.yaml:3:8 `power` must be .* \(did you mean `desktop`\?\)/,
    ],
    ['power:', 'powr:', /^(?:missing-key|unknown-key) .*/],
    ['0000:01:00.*', '01:00.0', /^wrong-value hardware\/box.yaml:7:\d+ `address` must be a PCI address such as/],
    ['count: 4', 'count: none', /^wrong-type hardware\/box.yaml:10:\d+ `count` must be a number/],
  ])('%s → %s in a profile', (before, after, finding) => {
    const { flavour, diagnostics } = resolved('boxed', { 'hardware/box.yaml': PROFILE.replace(before, after) });
    expect(flavour).toBeUndefined();
    expect(diagnostics.map(asLine)[0]).toMatch(finding);
  });

  test('a device to hand over that nothing points at', () => {
    const vague = PROFILE.replace('id: "10de:2684", address: "0000:01:00.*", ', '');
    expect(onlyFinding(resolved('boxed', { 'hardware/box.yaml': vague }))).toMatch(
      /^which-device hardware\/box.yaml:7:12 `card` is to be handed over, and nothing says which device it is/,
    );
  });
});

describe('the ACS override', () => {
  const argument = PROFILE.replace('amd_pstate=active', 'pcie_acs_override=downstream');
  const files = (features: string, acknowledged: string) => ({
    'hardware/box.yaml': argument,
    'bases/patched.yaml': `base: patched\nsummary: a patched kernel\nextends: test-1\nrelease: test\nfeatures: [${features}]\n`,
    'flavours/boxed.yaml': `flavour: boxed\nsummary: boxed\nextends: small\nhardware: box\noverride: {base: patched}\n${acknowledged}`,
  });
  const codes = (features: string, acknowledged: string) =>
    resolved('boxed', files(features, acknowledged)).diagnostics.map(({ code }) => code);

  test('needs a kernel that has it and a flavour that knows what it means', () => {
    expect(codes('', '')).toEqual(['acs-override-kernel', 'acs-override-unread']);
    expect(codes('acs-override', '')).toEqual(['acs-override-unread']);
    expect(codes('', 'acknowledge: [acs-override]\n')).toEqual(['acs-override-kernel']);
    expect(codes('acs-override', 'acknowledge: [acs-override]\n')).toEqual([]);
  });

  test('says at the argument what it means for guests', () => {
    const [finding] = resolved('boxed', files('acs-override', '')).diagnostics;
    expect(asLine(finding ?? { code: '', severity: 'error', message: '' })).toMatch(
      /^acs-override-unread hardware\/box.yaml:11:\d+ .*read and write the memory of the others/,
    );
  });
});

const profiles = list('hardware', directories).map(({ name }) => name);

test.each(profiles)('the shipped profile %s makes an image of every base', (hardware) => {
  for (const { name: base } of list('base', directories)) {
    const { flavour, diagnostics } = resolveFlavour({ name: 'headless', base, hardware, directories });
    expect(diagnostics).toEqual([]);
    expect(flavour?.hardware?.name).toBe(hardware);
  }
});
