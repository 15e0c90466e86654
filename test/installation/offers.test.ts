import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Dump, readProbe } from '../../scripts/hardware/index.ts';
import { offersOf } from '../../scripts/installation/devices/offers.ts';
import { readDevices } from '../../scripts/installation/devices/read-devices.ts';
import { FakeMachine } from './fake-machine.ts';

function dumpOf(name: string): Dump {
  const text = readFileSync(new URL(`../hardware/dumps/${name}.txt`, import.meta.url), 'utf8');
  const { dump, diagnostics } = readProbe(name, text);
  expect(diagnostics).toEqual([]);
  if (dump === undefined) throw new Error(`${name} is no dump`);
  return dump;
}

const links = (address: string) => ({ links: [`disk/by-path/pci-${address}-ata-1`] });
const nowhere = { links: [] };

test('a device goes with what belongs to it, at its price', () => {
  const { offers } = offersOf(dumpOf('desktop-amd-two-cards'), nowhere);
  expect(offers.slice(0, 2)).toEqual([
    {
      address: '0000:0b:00.0',
      name: 'NVIDIA graphics 10de:1b06 with its sound',
      isUsual: false,
      ids: ['10de:1b06', '10de:10ef'],
      price: [],
    },
    {
      address: '0000:0c:00.0',
      name: 'NVIDIA graphics 10de:128b with its sound',
      isUsual: false,
      ids: ['10de:128b', '10de:0e0f'],
      price: [expect.stringContaining('the host draws on it. To give it away')],
    },
  ]);
});

test('what shares a group goes along, and so does what the kernel cannot tell apart', () => {
  const { offers } = offersOf(dumpOf('desktop-amd-two-cards'), nowhere);
  const price = offers.find(({ address }) => address === '0000:0e:00.3')?.price.join('\n');
  expect(price).toContain("of the same kind, so that it goes, too: 0000:08:00.1, 0000:08:00.3 (the host's keyboard)");
  const shared = offers.find(({ address }) => address === '0000:08:00.1')?.price.join('\n');
  expect(shared).toContain('all of IOMMU group 23 goes to the same guest: 0000:08:00.3');
});

test('the disk that is installed on stays, with all controllers of its kind; the medium’s own does not', () => {
  const dump = dumpOf('desktop-amd-two-cards');
  expect(dump.functions.find(({ address }) => address === '0000:0a:00.0')?.uses).toContain('system-disk');
  const sata = (disk: { readonly links: readonly string[] }) => {
    const { offers, staying } = offersOf(dump, disk);
    return {
      offered: offers.map(({ address }) => address).filter((address) => /^0000:(09|0a|0f|10|04):/.test(address)),
      staying: staying.filter(({ name }) => name.includes('SATA')).map(({ reasons }) => reasons[0]),
    };
  };
  expect(sata(links('0000:04:00.0'))).toEqual({
    offered: ['0000:09:00.0', '0000:0a:00.0', '0000:0f:00.0', '0000:10:00.0'],
    staying: ['the host itself is on it: disks, or what it was started from'],
  });
  expect(sata(links('0000:09:00.0'))).toEqual({
    offered: ['0000:04:00.0'],
    staying: [
      'the host itself is on it: disks, or what it was started from',
      ...Array.from({ length: 3 }, () => '0000:09:00.0 is of the same kind, and the host needs it'),
    ],
  });
});

test('without an IOMMU nothing is offered, and what to change is told', () => {
  const { offers, changes } = offersOf(dumpOf('intel-without-vt-d'), nowhere);
  expect(offers).toEqual([]);
  expect(changes.join()).toContain('VT-d');
});

test('the probe runs on the computer; one that says nothing is no reason to stop', () => {
  const text = readFileSync(new URL('../hardware/dumps/mini-pc.txt', import.meta.url), 'utf8');
  expect(readDevices(new FakeMachine({}, { sh: { stdout: text } }))?.functions.length).toBeGreaterThan(10);
  expect(readDevices(new FakeMachine({}, { sh: { status: 2 } }))).toBeUndefined();
  expect(readDevices(new FakeMachine({}, { sh: { stdout: 'nothing' } }))).toBeUndefined();
});
