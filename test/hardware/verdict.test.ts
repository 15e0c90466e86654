import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dump } from '../../scripts/hardware/dump.ts';
import { judge, readDump, verdictInWords } from '../../scripts/hardware/index.ts';
import { checkout } from '../render/shipped.ts';
import { machines } from './expected-verdicts.ts';

const folder = path.join(checkout, 'test/hardware/dumps');

function dumpOf(name: string): Dump {
  const { dump, diagnostics } = readDump(name, readFileSync(path.join(folder, `${name}.txt`), 'utf8'));
  expect(diagnostics).toEqual([]);
  if (!dump) throw new Error('a dump without findings is read');
  return dump;
}

test('every dump has an expected verdict', () => {
  const names = readdirSync(folder).map((name) => name.replace(/\.txt$/, ''));
  expect(names.sort()).toEqual(Object.keys(machines).sort());
});

describe.each(Object.entries(machines))('%s', (name, expected) => {
  const verdict = judge(dumpOf(name));
  const words = verdictInWords(verdict);

  test('the host', () => {
    const { processor, iommu } = verdict.host;
    expect({ processor, iommu }).toEqual({ processor: expected.processor, iommu: expected.iommu });
    expect(verdict.components.map((component) => component.name)).toEqual(expected.components);
  });

  test('its devices', () => {
    const answers = new Map(verdict.cards.map(({ card, answer }) => [card.main.address, answer]));
    const asked = Object.keys(expected.answers).map((address) => [address, answers.get(address)]);
    expect(Object.fromEntries(asked)).toEqual(expected.answers);
    expect(answers.size > 0).toBe(expected.iommu === 'on');
  });

  test('in words', () => {
    for (const text of expected.tells) expect(words).toMatch(text);
    for (const text of expected.spares ?? []) expect(words).not.toContain(text);
  });
});

describe('the state of a host changes with', () => {
  const base = dumpOf('desktop-amd-two-cards');

  test('interrupts that are not remapped', () => {
    const { host } = judge({ ...base, iommu: { ...base.iommu, 'interrupt-remapping': 'no' } });
    expect(host.changes.join()).toContain('a guest could send the host any interrupt');
  });

  test('the ACS override in force: what it means is said', () => {
    const { host } = judge({ ...base, kernel: { arguments: 'iommu=pt pcie_acs_override=downstream' } });
    expect(host.words.join()).toContain('may read and write the memory of its neighbours');
  });

  test('an IOMMU that the command line turns off', () => {
    const { host } = judge({ ...base, iommu: { ...base.iommu, groups: '0' }, kernel: { arguments: 'amd_iommu=off' } });
    expect(host.iommu).toBe('off-in-kernel');
    expect(host.changes.join()).toContain("take `amd_iommu=off` off the kernel's command line");
  });

  test('virtual functions that the firmware has no room for', () => {
    const messages = ['ixgbe 0000:01:00.0: not enough MMIO resources for SR-IOV'];
    const { host } = judge({ ...dumpOf('server-sr-iov'), messages });
    expect(host.changes).toEqual([
      expect.stringMatching(/of Dell: SR-IOV Global Enable, probably under Integrated Devices: Enabled/),
    ]);
  });

  test('a driver that asks for firmware', () => {
    const names = (wantsFirmware: boolean) => {
      const functions = base.functions
        .filter(({ id }) => !id.startsWith('10ec'))
        .map((one) => (one.id === '8086:1539' ? { ...one, wantsFirmware } : one));
      return judge({ ...base, functions }).components.map(({ name }) => name);
    };
    expect(names(false)).not.toContain('firmware-wired');
    expect(names(true)).toContain('firmware-wired');
  });

  test('an unknown maker: the common names are told', () => {
    const { host } = judge({ ...base, computer: { vendor: 'Nobody' }, processor: { ...base.processor, flags: 'lm' } });
    expect(host.changes.join()).toContain('in the firmware set-up: SVM Mode (AMD-V), probably under CPU');
  });
});

describe('a dump that cannot be read', () => {
  test.each([
    ['hello\n', 'not-a-dump'],
    ['phyllome hardware dump 2\n', 'newer-dump'],
    ['phyllome hardware dump 1\n[pci]\n0000:00:00.0 id=8086:1234\n', 'unreadable-line'],
    ['phyllome hardware dump 1\n[memory]\nplenty\n', 'unreadable-line'],
    ['phyllome hardware dump 1\n[messages]\n\u001b[2Jgone\n', 'unreadable-line'],
  ])('%j', (text, code) => {
    const { dump, diagnostics } = readDump('some.txt', text);
    expect(dump).toBeUndefined();
    expect(diagnostics.map((finding) => finding.code)).toEqual([code]);
  });

  test('is told with its line', () => {
    const { diagnostics } = readDump('some.txt', 'phyllome hardware dump 1\n\n[pci]\nnonsense\n');
    expect(diagnostics[0]?.span).toMatchObject({ file: 'some.txt', start: { line: 4 } });
  });
});

describe('what goes along with a shared group has its price', () => {
  const shared = (lines: string) => {
    const text = `phyllome hardware dump 1\n\n[iommu]\ngroups = 9\n\n[pci]\n${lines}\n`;
    const { dump } = readDump('shared', text);
    if (!dump) throw new Error('a dump without findings is read');
    return judge(dump).cards;
  };
  const card = '0000:05:00.0 id=1b21:2142 class=0c0330 behind=0000:00:1c.0 group=7 reset=bus';
  const reasonsWith = (other: string) =>
    shared(`${card}\n${other}`).find(({ card: { main } }) => main.id === '1b21:2142');

  test.each([
    [
      'the keyboard',
      '0000:06:00.0 id=1b21:1142 class=0c0330 group=7 uses=keyboard',
      'together',
      /the keyboard hangs on 0000:06:00\.0/,
    ],
    [
      'the only screen',
      '0000:06:00.0 id=10de:1380 class=030000 group=7 boot-vga uses=screen',
      'together',
      /0000:06:00\.0 NVIDIA graphics 10de:1380 is the only graphics card/,
    ],
    [
      'the network',
      '0000:06:00.0 id=8086:1539 class=020000 group=7 uses=network',
      'no',
      /the host is on the network through it/,
    ],
    ['the boot disk', '0000:06:00.0 id=144d:a808 class=010802 group=7 uses=system-disk', 'no', /the host is on it/],
  ])('%s', (_, other, answer, told) => {
    const verdict = reasonsWith(other);
    expect(verdict?.answer).toBe(answer);
    expect(verdict?.reasons.join('\n')).toMatch(told);
  });

  test('two of them, each by its name', () => {
    const verdict = reasonsWith(
      '0000:06:00.0 id=144d:a808 class=010802 group=7 uses=system-disk\n0000:06:00.1 id=1b21:1142 class=0c0330 group=7 uses=keyboard',
    );
    expect(verdict?.reasons).toEqual([
      'it shares IOMMU group 7 with what the host needs (0000:06:00.0 Samsung NVMe disk 144d:a808: the host is on it)',
      'the keyboard hangs on 0000:06:00.1 ASMedia USB 1b21:1142: the host is then run over the network',
    ]);
  });
});
