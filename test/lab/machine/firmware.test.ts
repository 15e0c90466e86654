import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EnvironmentError } from '../../../scripts/diagnostic/index.ts';
import { prepareUefi } from '../../../scripts/lab/machine/firmware.ts';

let tree = '';
beforeEach(async () => {
  tree = await mkdtemp(path.join(tmpdir(), 'firmware-'));
  await mkdir(path.join(tree, 'usr/share/qemu/firmware'), { recursive: true });
  await mkdir(path.join(tree, 'usr/share/OVMF'), { recursive: true });
});
afterEach(() => rm(tree, { recursive: true }));

/** A descriptor as Debian's ovmf package ships it, but for `change`. */
async function descriptor(name: string, change: object = {}): Promise<void> {
  const variables = `/usr/share/OVMF/${name}.VARS.fd`;
  const content = {
    'interface-types': ['uefi'],
    mapping: {
      device: 'flash',
      executable: { filename: `/usr/share/OVMF/${name}.CODE.fd`, format: 'raw' },
      'nvram-template': { filename: variables, format: 'raw' },
    },
    targets: [{ architecture: 'x86_64', machines: ['pc-i440fx-*', 'pc-q35-*'] }],
    features: ['acpi-s3', 'verbose-dynamic'],
    ...change,
  };
  await writeFile(path.join(tree, 'usr/share/qemu/firmware', `${name}.json`), JSON.stringify(content));
  await writeFile(path.join(tree, variables), `variables of ${name}`);
}

test('the first descriptor that fits is taken, and its variables are copied', async () => {
  await descriptor('40-secure', { features: ['requires-smm', 'secure-boot', 'enrolled-keys'] });
  await descriptor('50-arm', { targets: [{ architecture: 'aarch64', machines: ['virt-*'] }] });
  await descriptor('60-plain');
  await descriptor('70-later');
  const copy = path.join(tree, 'variables.fd');
  expect(await prepareUefi(tree, copy)).toEqual({ code: '/usr/share/OVMF/60-plain.CODE.fd', variables: copy });
  expect(await readFile(copy, 'utf8')).toBe('variables of 60-plain');
});

test('variables that an earlier machine left stay as they are', async () => {
  await descriptor('60-plain');
  const variables = path.join(tree, 'variables.fd');
  await writeFile(variables, 'with a boot entry');
  await prepareUefi(tree, variables);
  expect(await readFile(variables, 'utf8')).toBe('with a boot entry');
});

test('Secure Boot asks for enrolled keys', async () => {
  await descriptor('40-no-keys', { features: ['requires-smm', 'secure-boot'] });
  await descriptor('50-enrolled', { features: ['requires-smm', 'secure-boot', 'enrolled-keys'] });
  await descriptor('60-plain');
  const variables = path.join(tree, 'variables.fd');
  expect(await prepareUefi(tree, variables, 'secure-boot')).toEqual({
    code: '/usr/share/OVMF/50-enrolled.CODE.fd',
    variables,
    requiresSmm: true,
  });
  await rm(path.join(tree, 'usr/share/qemu/firmware/50-enrolled.json'));
  await expect(prepareUefi(tree, variables, 'secure-boot')).rejects.toThrow('with Secure Boot');
});

test.each([
  { 'interface-types': ['bios'] },
  { mapping: { device: 'memory', filename: '/x' } },
  { targets: [{ architecture: 'x86_64', machines: ['microvm'] }] },
])('no firmware but one with %o is an error of the environment', async (change) => {
  await descriptor('60-other', change);
  await expect(prepareUefi(tree, path.join(tree, 'variables.fd'))).rejects.toThrow(EnvironmentError);
});

test('a tools tree without descriptors is an error of the environment', async () => {
  await expect(prepareUefi('/nonexistent', path.join(tree, 'v'))).rejects.toThrow('no UEFI firmware');
});

test('keys of a generation come from their store, into the firmware that has none of its own', async () => {
  await descriptor('40-enrolled', { features: ['requires-smm', 'secure-boot', 'enrolled-keys'] });
  await descriptor('50-no-keys', { features: ['requires-smm', 'secure-boot'] });
  const [variables, stores] = [path.join(tree, 'variables.fd'), path.join(tree, 'stores')];
  await mkdir(stores);
  await writeFile(path.join(stores, 'keys-2023.fd'), 'keys of 2023');
  const chosen = { keys: 'keys-2023', stores } as const;
  expect(await prepareUefi(tree, variables, 'secure-boot', chosen)).toEqual({
    code: '/usr/share/OVMF/50-no-keys.CODE.fd',
    variables,
    requiresSmm: true,
  });
  expect(await readFile(variables, 'utf8')).toBe('keys of 2023');
  const other = path.join(tree, 'other.fd');
  for (const missing of [
    { ...chosen, keys: 'keys-own' as const },
    { ...chosen, stores: undefined },
  ])
    await expect(prepareUefi(tree, other, 'secure-boot', missing)).rejects.toThrow(/no firmware variables with keys-/);
});
