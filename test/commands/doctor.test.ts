import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as doctor, verdict } from '../../scripts/commands/doctor.ts';
import { diskResource, kvmResource, memoryResource } from '../../scripts/host/index.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

test('what works comes first, then what the machine has, then what is not here and what would change that', () => {
  const lines = verdict(
    [
      { what: 'other engine', obstacle: 'not installed: mock' },
      { what: 'direct engine' },
      { what: 'third', obstacle: 'no', advice: 'do so' },
    ],
    [
      { name: 'KVM', isEnough: false, words: 'there is none', advice: 'switch it on' },
      { name: 'disk', isEnough: true, words: '70 GB free' },
    ],
  );
  expect(lines).toEqual([
    'works     direct engine: can build here',
    'little    KVM: there is none',
    '            > switch it on',
    'fine      disk: 70 GB free',
    'not here  other engine: not installed: mock',
    'not here  third: no',
    '            > do so',
  ]);
});

test('KVM: absent, not for this user, or there', () => {
  const device = path.join(scratchDirectory(), 'kvm');
  expect(kvmResource(device)).toMatchObject({ isEnough: false, words: expect.stringContaining('there is no') });
  writeFileSync(device, '');
  chmodSync(device, 0);
  // Root may use everything.
  if (process.getuid?.() !== 0) {
    expect(kvmResource(device)).toMatchObject({ isEnough: false, advice: expect.stringContaining('--groups kvm') });
  }
  chmodSync(device, 0o600);
  expect(kvmResource(device)).toMatchObject({ isEnough: true, words: `${device} is there and may be used` });
});

test('disk and memory are enough, or it is said what would be', () => {
  expect(diskResource('/x', 70e9)).toMatchObject({
    isEnough: true,
    words: '70 GB free for /x; a first build takes about 5 GB',
  });
  expect(diskResource('/x', 1e9)).toMatchObject({ isEnough: false, advice: expect.stringContaining('PHYLLOME_CACHE') });
  const meminfo = (available: number) =>
    `MemTotal:        8388608 kB\nMemFree:  1 kB\nMemAvailable:    ${available * 1024} kB\n`;
  expect(memoryResource(2048, meminfo(4000))).toMatchObject({
    isEnough: true,
    words: '4000 of 8192 MiB available; a machine to boot an image in takes 2048',
  });
  expect(memoryResource(2048, meminfo(2100))).toMatchObject({
    isEnough: false,
    advice: expect.stringContaining('--memory'),
  });
});

test('of this computer all of it is told', async () => {
  const { context, output } = recordingContext();
  mkdirSync(context.places.cache, { recursive: true });
  await doctor({}, context);
  for (const name of ['KVM:', 'disk:', 'memory:', 'left by killed builds: nothing']) expect(output()).toContain(name);
});
