import { expect, test } from 'vitest';
import { Milestones } from '../../scripts/lab/boot/milestones.ts';
import { readBootProgram, signedStart } from '../../scripts/secure-boot/index.ts';
import { waitForRefusal } from '../../scripts/test-run/ask/wait-for-refusal.ts';
import { aboutRefusal, expectedOn, firmwareRefusal } from '../../scripts/test-run/expected-refusal.ts';
import { ofManifest } from '../../scripts/test-run/signed-start-of.ts';
import { manifestWith } from '../checks/context.ts';
import { programWith, signature } from '../secure-boot/made-program.ts';

const of = (...names: ('shim-1' | 'shim-2')[]) =>
  signedStart([readBootProgram('first', 'EFI/BOOT/BOOTX64.EFI', programWith(names.map(signature)))]);
const denied = [
  'BdsDxe: loading Boot0001 "UEFI QEMU DVD-ROM QM00001 " from PciRoot(0x0)/Pci(0x1F,0x2)/Sata(0x0,0xFFFF,0x0)',
  'BdsDxe: failed to load Boot0001 "UEFI QEMU DVD-ROM QM00001 " from PciRoot(0x0)/Pci(0x1F,0x2)/Sata(0x0,0xFFFF,0x0): Access Denied',
  'BdsDxe: No bootable option or device was found.',
];
const secure = { firmware: 'secure-boot' } as const;

test('what is to be expected follows from the keys that a topology names, and from nothing else', () => {
  const topology = { topology: 'x', summary: 'x', ...secure, keys: 'keys-both-revoked' } as const;
  expect(expectedOn(of('shim-1', 'shim-2'), { topology })?.starts).toBe(false);
  expect(expectedOn(of('shim-2'), { topology })?.starts).toBe(true);
  expect(expectedOn(of('shim-2'), { topology, firmware: 'uefi' })).toBeUndefined();
  expect(expectedOn(of('shim-2'), { topology: { topology: 'x', summary: 'x', ...secure } })).toBeUndefined();
  expect(expectedOn(undefined, { topology })).toBeUndefined();
});

test('a refusal by keys tells who is known, who signed, and what to do', () => {
  const lines = aboutRefusal(denied, { ...secure, keys: 'keys-2023' }, of('shim-1')).join('\n');
  expect(lines).toContain('this firmware has keys-2023');
  expect(lines).toContain('EFI/BOOT/BOOTX64.EFI is signed by Microsoft Corporation UEFI CA 2011 (until 2026-06-27)');
  expect(lines).toContain('it knows only Microsoft UEFI CA 2023 and Windows UEFI CA 2023');
  expect(lines).toContain('fwupdmgr update');
});

test("OVMF's own store knows the keys of 2011", () => {
  expect(aboutRefusal(denied, secure, of('shim-2')).join('\n')).toContain(
    'it knows only Microsoft Corporation UEFI CA 2011',
  );
});

test('a refusal where a start was promised is of a program that was changed', () => {
  const lines = aboutRefusal(denied, { ...secure, keys: 'keys-2011' }, of('shim-1')).join('\n');
  expect(lines).toContain('it should start: it knows Microsoft Corporation UEFI CA 2011');
  expect(lines).toContain('Compare the checksum');
  expect(lines).not.toContain('fwupdmgr');
});

test('without a refusal, or without signatures that were read, nothing is told of keys', () => {
  expect(aboutRefusal(['Loading Linux'], secure, of('shim-2'))).toEqual([]);
  expect(aboutRefusal(denied, secure, undefined)).toEqual([]);
  expect(aboutRefusal(denied, { firmware: 'uefi' }, of('shim-2'))).toEqual([]);
});

test('a machine that refuses what it has to refuse passes, and one that starts it does not', async () => {
  const seen = (...passed: ('power-on' | 'kernel')[]) => {
    const milestones = new Milestones();
    for (const id of passed) milestones.pass(id);
    return { milestones, consoleLines: denied, lastLines: denied };
  };
  const refused = await waitForRefusal(seen('power-on'), firmwareRefusal, 0.001, 'it knows only X');
  expect(refused).toMatchObject({ status: 'passed', summary: denied[1] });
  expect(refused.proves).toContain('It has to be so: it knows only X.');
  expect(await waitForRefusal(seen('power-on', 'kernel'), firmwareRefusal, 0.001)).toMatchObject({ status: 'failed' });
});

test('of an image with a manifest, what the build noted of that output is taken', () => {
  const secureBoot = of('shim-1', 'shim-2');
  if (secureBoot === undefined) throw new Error('nothing was read');
  const manifest = manifestWith();
  const { image } = manifest;
  const output = { output: 'live-iso', inputHash: '', files: [image] } as const;
  expect(ofManifest({ image, outputs: [output] })).toBeUndefined();
  expect(
    ofManifest({
      image,
      outputs: [
        { ...output, files: [{ ...image, file: 'other' }] },
        { ...output, secureBoot },
      ],
    }),
  ).toBe(secureBoot);
});
