import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReportedError, UsageError } from '../../../scripts/diagnostic/index.ts';
import { featuresOf, isolatedGroups } from '../../../scripts/lab/machine/topology.ts';
import {
  defaultTopology,
  hiddenTopology,
  loadTopology,
  resolveTopology,
  type TopologyFile,
  topologyNames,
} from '../../../scripts/lab/topology/index.ts';
import schema from '../../../scripts/lab/topology/topology.schema.json' with { type: 'json' };
import { userDirectory } from '../../../scripts/places/index.ts';
import { keyGenerations } from '../../../scripts/secure-boot/index.ts';
import { shipped } from '../shipped-topologies.ts';

const circumstances = { accelerator: 'tcg', imageFile: '/x.iso' } as const;
let directory = '';
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'phyllome-topology-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Writes a topology `x` and answers what is found wrong with it: `line:column code message (hint)`. */
function findings(text: string): string[] {
  const file = path.join(directory, 'x.yaml');
  writeFileSync(file, text);
  try {
    loadTopology(file, shipped);
    return [];
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    return error.diagnostics.map(
      ({ code, message, hint, span }) =>
        `${span?.start.line}:${span?.start.column} ${code} ${message}${hint === undefined ? '' : ` (${hint})`}`,
    );
  }
}

test('every shipped topology is whole, and the one named default is the default', () => {
  expect(topologyNames(shipped).length).toBeGreaterThan(15);
  for (const name of topologyNames(shipped)) {
    const resolved = resolveTopology(loadTopology(name, shipped), circumstances);
    expect(resolved.name).toBe(name);
  }
  expect(resolveTopology(loadTopology('default', shipped), circumstances)).toEqual(defaultTopology(circumstances));
});

test('what is wrong is told with its place and what may be meant', () => {
  expect(findings('topology: x\nsummary: y\nfirmwear: uefi\n')).toEqual([
    '3:1 unknown-key unknown key `firmwear` (did you mean `firmware`?)',
  ]);
  expect(findings('topology: x\nsummary: y\nports:\n  - devices: [e1000]\n')).toEqual([
    '4:15 wrong-value entry 1 of `devices` must be `e1000e`, `igb`, `nvme`, `xhci`, `sound`, `display` or `edu` (did you mean `e1000e`?)',
  ]);
  expect(findings('topology: x\nsummary: y\nmemoryMiB: lots\n')).toEqual([
    '3:12 wrong-type `memoryMiB` must be a number from 256 to 65536, not text',
  ]);
  expect(findings('topology: z\nsummary: y\n')).toEqual(['1:11 wrong-name `topology` must be the name of the file, x']);
  expect(findings('topology: x\nsummary: y\nprocessors: 3\nnumaNodes: 2\n')).toEqual([
    '4:12 uneven-nodes 3 processors cannot be shared out evenly to 2 nodes',
  ]);
  expect(findings('topology: x\nsummary: [\n')[0]).toMatch(/^\d+:\d+ yaml-syntax /);
  expect(findings('topology: x\nsummary: y\nclock: 2001-01-01\n')).toHaveLength(1);
  expect(findings('topology: x\nsummary: y\nports: [{devices: [edu], switch: [[edu]]}]\n')).toEqual([
    '3:9 wrong-value entry 1 of `ports` must be a map of `acs` and either `devices` or `switch`',
  ]);
  expect(findings('topology: x\nsummary: y\ndisks: [{bus: sata, sizeMiB: 1, sectorBytes: 4096}]\n')).toHaveLength(1);
});

test('an unknown topology is a mistake in the command', () => {
  const load = (name: string) => () => loadTopology(name, shipped);
  expect(load('vfio-isolatd')).toThrow(UsageError);
  expect(load('vfio-isolatd')).toThrow('there is no topology `vfio-isolatd`');
  expect(load('./no-such.yaml')).toThrow('there is no such file');
});

/** A directory of somebody's own with these topologies. */
function own(label: string, topologies: Readonly<Record<string, string>>) {
  const root = mkdtempSync(path.join(directory, `${label}-`));
  mkdirSync(path.join(root, 'topologies'));
  for (const [name, text] of Object.entries(topologies))
    writeFileSync(path.join(root, 'topologies', `${name}.yaml`), text);
  return userDirectory(root, label);
}

test("topologies of one's own directory are found by name, before those of the project", () => {
  const mine = own('mine', {
    big: 'topology: big\nsummary: mine\nprocessors: 8\n',
    uefi: 'topology: uefi\nsummary: mine\nfirmware: secure-boot\n',
  });
  const ours = own('ours', { big: 'topology: big\nsummary: ours\n' });
  const directories = [mine, ours, ...shipped];
  expect(loadTopology('big', directories)).toMatchObject({ summary: 'mine', processors: 8 });
  expect(loadTopology('uefi', directories).firmware).toBe('secure-boot');
  expect(loadTopology('usb', directories).topology).toBe('usb');
  expect(topologyNames(directories)).toEqual([...topologyNames(shipped), 'big'].sort());
  expect(hiddenTopology('usb', directories)).toBeUndefined();
  expect(hiddenTopology('uefi', directories)).toMatchObject({
    code: 'topology-hidden',
    severity: 'warning',
    message: '`uefi` is mine/topologies/uefi.yaml, not scripts/lab/topologies/uefi.yaml',
  });
  expect(hiddenTopology('big', directories)?.message).toBe(
    '`big` is mine/topologies/big.yaml, not ours/topologies/big.yaml',
  );
  expect(hiddenTopology(path.join(mine.root, 'topologies/uefi.yaml'), directories)).toBeUndefined();
  expect(() => loadTopology('bigg', directories)).toThrow('there is no topology `bigg`');
});

test("what is wrong in one's own is told with its place there", () => {
  const mine = own('mine', { big: 'topology: big\nsummary: mine\nprocesors: 8\n' });
  expect(() => loadTopology('big', [mine, ...shipped])).toThrow(ReportedError);
  try {
    loadTopology('big', [mine, ...shipped]);
  } catch (error) {
    expect(error).toMatchObject({
      diagnostics: [
        {
          code: 'unknown-key',
          hint: 'did you mean `processors`?',
          span: { file: 'mine/topologies/big.yaml', start: { line: 3, column: 1 } },
        },
      ],
    });
  }
});

const file = (change: Partial<TopologyFile>): TopologyFile => ({ topology: 'x', summary: 'y', ...change });
const cpu = (wish: NonNullable<TopologyFile['cpu']>, accelerator: 'tcg' | 'kvm') =>
  resolveTopology(file({ cpu: wish }), { ...circumstances, accelerator }).cpu;

test('the processor follows from what is asked for and what the accelerator can do', () => {
  expect(cpu({}, 'tcg')).toBe('EPYC,+svm,+npt');
  expect(cpu({}, 'kvm')).toBe('host');
  expect(cpu({ virtualization: false }, 'tcg')).toBe('EPYC,-svm');
  expect(cpu({ virtualization: false }, 'kvm')).toBe('host,-svm,-vmx');
  expect(cpu({ vendor: 'intel' }, 'tcg')).toBe('Cascadelake-Server,-vmx');
  expect(cpu({ vendor: 'intel' }, 'kvm')).toBe('Cascadelake-Server,+vmx');
  expect(cpu({ model: 'EPYC-Rome' }, 'tcg')).toBe('EPYC-Rome,+svm,+npt');
  expect(() => cpu({ vendor: 'intel', virtualization: true }, 'tcg')).toThrow('emulation has only AMD');
});

test('which devices the hardware keeps apart follows from the ports', () => {
  const shared = resolveTopology(loadTopology('vfio-shared', shipped), circumstances);
  expect(isolatedGroups(shared)).toEqual([
    ['e1000e', 'nvme'],
    ['xhci', 'display', 'edu'],
  ]);
  const slots = { acs: true, devices: [], switchSlots: [['edu'], ['e1000e']] } as const;
  expect(isolatedGroups({ ports: [slots] })).toEqual([['edu'], ['e1000e']]);
  const isolated = resolveTopology(loadTopology('vfio-isolated', shipped), circumstances);
  expect(isolatedGroups(isolated)).toEqual([['e1000e'], ['nvme'], ['xhci']]);
});

test('each generation of keys has a topology that names it, and the schema knows the same', () => {
  expect(schema.properties.keys.enum).toEqual(keyGenerations);
  for (const keys of keyGenerations) {
    const file = loadTopology(keys, shipped);
    expect(file).toMatchObject({ firmware: 'secure-boot', keys, tpm: true });
    expect(resolveTopology(file, circumstances).keys).toBe(keys);
    // BIOS has none.
    expect(resolveTopology(file, { ...circumstances, firmware: 'bios' })).not.toHaveProperty('keys');
  }
});

test('without keys nothing is enforced', () => {
  const enforces = (name: string) =>
    featuresOf(resolveTopology(loadTopology(name, shipped), circumstances)).has('secure-boot');
  expect(['secure-boot', 'keys-own', 'setup-mode'].map(enforces)).toEqual([true, true, false]);
});

test('keys are those of a firmware with Secure Boot', () => {
  const message = '`keys` are those of a firmware with Secure Boot: `firmware: secure-boot`';
  expect(findings('topology: x\nsummary: y\nkeys: keys-2023\n')).toEqual([`3:7 keys-without-secure-boot ${message}`]);
});
