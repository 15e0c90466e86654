import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dump } from '../../scripts/hardware/dump.ts';
import { judge, readDump, verdictInWords } from '../../scripts/hardware/index.ts';
import { checkout } from '../render/shipped.ts';

const folder = path.join(checkout, 'test/hardware/dumps');

function dumpOf(name: string): Dump {
  const { dump, diagnostics } = readDump(name, readFileSync(path.join(folder, `${name}.txt`), 'utf8'));
  expect(diagnostics).toEqual([]);
  if (!dump) throw new Error('a dump without findings is read');
  return dump;
}

interface Expected {
  readonly processor: string;
  readonly iommu: string;
  /** The answers by address; devices that are not named may have any. */
  readonly answers: Readonly<Record<string, string>>;
  /** What a reader must be told. */
  readonly tells: readonly (string | RegExp)[];
  /** What nobody should be told. */
  readonly spares?: readonly string[];
  readonly components: readonly string[];
}

const machines: Readonly<Record<string, Expected>> = {
  'desktop-amd-two-cards': {
    processor: 'ready',
    iommu: 'on',
    answers: {
      '0000:0b:00.0': 'yes',
      '0000:0c:00.0': 'price',
      '0000:06:00.0': 'price',
      '0000:08:00.1': 'together',
      '0000:0a:00.0': 'no',
      '0000:0e:00.3': 'yes',
    },
    tells: [
      '0000:0b:00.0, 0000:0b:00.1  NVIDIA graphics 10de:1b06 with its sound',
      'in the firmware set-up of Gigabyte: Initial Display Output, probably under Settings › IO Ports',
      'move it to 0000:07:00.0 first',
      'all of IOMMU group 23 goes to the same guest: 0000:08:00.3 AMD USB',
      'the keyboard hangs on 0000:08:00.3 AMD USB 1022:149c: the host is then run over the network',
      'makes the kernel ignore that: a guest with one device of the group may then\n  read and write the memory of the others',
    ],
    spares: ['1022:1485'],
    components: ['cpu-amd', 'firmware-wired', 'firmware-wireless', 'firmware-gpu-nvidia'],
  },
  'intel-without-vt-d': {
    processor: 'ready',
    iommu: 'off-in-firmware',
    answers: {},
    tells: ['in the firmware set-up of Lenovo: Security › Virtualization › Intel (R) VT-d Feature: Enabled', 'TPM 1.2'],
    components: ['cpu-intel', 'firmware-wireless', 'firmware-gpu-intel'],
  },
  'iommu-off-in-kernel': {
    processor: 'ready',
    iommu: 'off-in-kernel',
    answers: {},
    tells: ['kernel argument `intel_iommu=on`: images of Phyllome OS have it; nothing to do in the firmware'],
    spares: ['in the firmware set-up'],
    components: ['cpu-intel', 'firmware-gpu-amd', 'firmware-gpu-intel'],
  },
  'laptop-amd-processor-graphics': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:04:00.0': 'price', '0000:04:00.3': 'price', '0000:04:00.4': 'yes', '0000:02:00.0': 'no' },
    tells: [
      '0000:04:00.0, 0000:04:00.1  AMD graphics 1002:1638 with its sound',
      'it is the only graphics card: the host stays without a screen',
      'the keyboard hangs on it',
    ],
    components: ['cpu-amd', 'firmware-wired', 'firmware-gpu-amd'],
  },
  'laptop-intel-nvidia': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:01:00.0': 'price', '0000:00:02.0': 'price', '0000:00:1f.2': 'no', '0000:05:00.0': 'yes' },
    tells: ['it drives no screen by itself, as in most laptops', 'the other graphics has no screen outputs'],
    spares: ['Initiate Graphic Adapter'],
    components: ['cpu-intel', 'firmware-wireless', 'firmware-gpu-intel', 'firmware-gpu-nvidia'],
  },
  'mini-pc': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:c4:00.0': 'price', '0000:c4:00.4': 'yes', '0000:03:00.0': 'no' },
    tells: [
      'it is the only graphics card: the host stays without a screen',
      'nothing can reset it',
      /Firmware that the kernel asked for in vain\n {2}amdgpu\/gc_11_0_1_mes1.bin/,
    ],
    components: ['cpu-amd', 'firmware-wired', 'firmware-wireless', 'firmware-gpu-amd'],
  },
  'old-amd-without-iommu': {
    processor: 'ready',
    iommu: 'unsupported',
    answers: {},
    tells: ['seldom have one, so that no device can be handed to a guest', 'started the old way (BIOS or CSM), no TPM'],
    spares: ['To change'],
    components: ['cpu-amd', 'firmware-wired', 'firmware-gpu-amd'],
  },
  'router-shared-ports': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:01:00.0': 'no', '0000:02:00.0': 'no', '0000:04:00.0': 'no', '0000:00:10.0': 'yes' },
    tells: ['it shares IOMMU group 1 with what the host needs (0000:01:00.0 Intel network 8086:1539'],
    components: ['cpu-amd', 'firmware-wireless'],
  },
  'server-sr-iov': {
    processor: 'ready',
    iommu: 'on',
    answers: {
      '0000:01:00.0': 'price',
      '0000:01:00.1': 'yes',
      '0000:04:00.0': 'yes',
      '0000:03:00.0': 'no',
      '0000:0c:00.0': 'price',
    },
    tells: [
      'its virtual functions (up to 63) can be handed over while the host keeps it',
      'it makes up to 8 virtual functions, one for each of as many guests (SR-IOV)',
    ],
    components: ['cpu-intel'],
  },
  'shared-group-behind-chipset': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:04:00.0': 'no', '0000:07:00.0': 'price', '0000:03:00.0': 'no' },
    tells: ['in another slot, best one of the processor', 'many AMD cards before the RX 6000 do not come back'],
    components: ['cpu-amd', 'firmware-wired', 'firmware-gpu-amd', 'firmware-gpu-nvidia'],
  },
  'single-graphics-card': {
    processor: 'ready',
    iommu: 'on',
    answers: { '0000:01:00.0': 'price', '0000:00:1f.3': 'no' },
    tells: ['component `gpu-only-one`, and SSH at hand', 'it is the only USB controller', 'run the probe as root'],
    components: ['cpu-intel', 'firmware-wired', 'firmware-gpu-amd'],
  },
  'virtual-machine': {
    processor: 'guest',
    iommu: 'guest',
    answers: {},
    tells: ['this is a virtual machine, and its host does not hand SVM on', 'host-passthrough'],
    spares: ['in the firmware set-up'],
    components: [],
  },
  'vt-x-off-in-firmware': {
    processor: 'off-in-firmware',
    iommu: 'on',
    answers: { '0000:00:02.0': 'price', '0000:00:14.0': 'price' },
    tells: [
      'in the firmware set-up of ASUS: Advanced › CPU Configuration › Intel (VMX) Virtualization Technology: Enabled',
      'the kernel says «x86/cpu: VMX (outside TXT) disabled by BIOS»',
      'i915-GVTg_V5_4, i915-GVTg_V5_8 (mediated devices)',
      '0000:00:14.2 Intel memory controller 8086:06ef, which no driver uses: it stays',
    ],
    components: ['cpu-intel', 'firmware-gpu-intel'],
  },
};

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
