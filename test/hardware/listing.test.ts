import { describe, expect, test } from 'vitest';
import type { Dump } from '../../scripts/hardware/dump.ts';
import { judge, verdictInWords } from '../../scripts/hardware/index.ts';
import { readPosted as read } from './posted.ts';

const brief = ({ functions }: Dump) =>
  functions.map((one) => [one.address, one.class.slice(0, 4), one.id, one.group ?? '-', one.driver ?? '-'].join(' '));

const blockForm = `IOMMU Group 0:
\t00:00.0 Host bridge [0600]: Intel Corporation Example Host Bridge [8086:9b33] (rev 05)
IOMMU Group 1:
\t00:01.0 PCI bridge [0604]: Intel Corporation Example PCIe Controller (x16) [8086:1901] (rev 05)
\t01:00.0 VGA compatible controller [0300]: NVIDIA Corporation Example card [10de:2482] (rev a1)
\t01:00.1 Audio device [0403]: NVIDIA Corporation Example audio [10de:228b] (rev a1)
`;
const told = [
  '0000:00:00.0 0600 8086:9b33 0 -',
  '0000:00:01.0 0604 8086:1901 1 -',
  '0000:01:00.0 0300 10de:2482 1 -',
  '0000:01:00.1 0403 10de:228b 1 -',
];

describe('the forms in which people post their groups', () => {
  test.each([
    ['a heading and its devices', blockForm],
    [
      'a line for each device',
      `IOMMU Group 0 00:00.0 Host bridge [0600]: Intel Corporation Example Host Bridge [8086:9b33] (rev 05)
IOMMU Group 1 00:01.0 PCI bridge [0604]: Intel Corporation Example PCIe Controller (x16) [8086:1901] (rev 05)
IOMMU Group 1 01:00.0 VGA compatible controller [0300]: NVIDIA Corporation Example card [10de:2482] (rev a1)
IOMMU Group 1 01:00.1 Audio device [0403]: NVIDIA Corporation Example audio [10de:228b] (rev a1)`,
    ],
    [
      'ids before addresses, classes by name',
      `Group 0:	[8086:9b33]     00:00.0  Host bridge                              Example Host Bridge
Group 1:	[8086:1901] [R] 00:01.0  PCI bridge                               Example PCIe Controller (x16)
		[10de:2482] [R] 01:00.0  VGA compatible controller                Example card
		[10de:228b]     01:00.1  Audio device                             Example audio`,
    ],
    [
      'lines broken by a mail',
      blockForm
        .replace('Example card [10de:2482]', 'Example\ncard [10de:2482]')
        .replace('Example audio ', 'Example\naudio '),
    ],
  ])('%s', (_, text) => {
    expect(brief(read(text))).toEqual(told);
    expect(read(text).unknown).toEqual(['computer', 'drivers', 'uses', 'resets']);
  });
});

describe('groups beside the devices', () => {
  const devices = `00:02.0 VGA compatible controller [0300]: Intel Corporation Example [8086:4680] (rev 0c)
01:00.0 VGA compatible controller [0300]: NVIDIA Corporation Example card [10de:2484] (rev a1)
01:00.1 Audio device [0403]: NVIDIA Corporation Example audio [10de:228b] (rev a1)
`;
  const wanted = [
    '0000:00:02.0 0300 8086:4680 0 -',
    '0000:01:00.0 0300 10de:2484 2 -',
    '0000:01:00.1 0403 10de:228b 2 -',
  ];
  const groups = [0, 2, 2];
  const behindEach = (text: (group: number | undefined) => string) =>
    devices
      .trimEnd()
      .split('\n')
      .map((line, index) => `${line}\n${text(groups[index])}`)
      .join('\n');

  test.each([
    // A line of its own below the device is that device's, and no heading of the next one.
    [
      'lspci -nnvv',
      behindEach((group) => `\tSubsystem: Example [1458:404c]\n\tControl: I/O+ Mem+\n\tIOMMU group: ${group}\n`),
    ],
    [
      'lspci -nnv',
      behindEach((group) => `\tFlags: bus master, fast devsel, latency 0, IRQ 131, IOMMU group ${group}\n`),
    ],
    [
      'messages of the kernel and lspci -nn',
      `[    0.512345] pci 0000:00:02.0: Adding to iommu group 0
[    0.512351] pci 0000:01:00.0: Adding to iommu group 2
[    0.512360] pci 0000:01:00.1: Adding to iommu group 2
${devices}`,
    ],
    [
      'messages of a kernel before 5.3, out of its journal',
      `Nov 30 09:12:31 tower kernel: iommu: Adding device 0000:00:02.0 to group 0
Nov 30 09:12:31 tower kernel: iommu: Adding device 0000:01:00.0 to group 2
Nov 30 09:12:31 tower kernel: iommu: Adding device 0000:01:00.1 to group 2
${devices}`,
    ],
    [
      'links of the kernel and lspci -nn',
      `/sys/kernel/iommu_groups/0/devices/0000:00:02.0
/sys/kernel/iommu_groups/2/devices/0000:01:00.0
/sys/kernel/iommu_groups/2/devices/0000:01:00.1
${devices}`,
    ],
    [
      'a list with marks',
      `**Groups**

- Group 0: 00:02.0 VGA compatible controller [0300]: Intel Corporation Example [8086:4680] (rev 0c)
* Group 2: 01:00.0 VGA compatible controller [0300]: NVIDIA Corporation Example card [10de:2484] (rev a1)
* Group 2: 01:00.1 Audio device [0403]: NVIDIA Corporation Example audio [10de:228b] (rev a1)`,
    ],
    [
      'numbered lines',
      `   1\tIOMMU Group 0:
   2\t\t00:02.0 VGA compatible controller [0300]: Intel Corporation Example [8086:4680] (rev 0c)
   3\tIOMMU Group 2:
   4\t\t01:00.0 VGA compatible controller [0300]: NVIDIA Corporation Example card [10de:2484] (rev a1)
   5\t\t01:00.1 Audio device [0403]: NVIDIA Corporation Example audio [10de:228b] (rev a1)`,
    ],
  ])('%s', (_, text) => {
    expect(brief(read(text))).toEqual(wanted);
  });

  test('a second listing behind the one of the groups leaves them as they were', () => {
    const nnk = behindEach(() => '\tKernel driver in use: vfio-pci');
    const grouped = `IOMMU Group 0:\n${devices.replace('\n', '\nIOMMU Group 2:\n')}`;
    const both = read(`${grouped}IOMMU Group 3:\n\t02:00.0 USB controller [0c03]: Example [1b21:2142]\n${nnk}`);
    expect(brief(both).slice(0, 3)).toEqual(wanted.map((line) => line.replace(/-$/, 'vfio-pci')));
  });
});

describe('listings without groups', () => {
  const wanted = ['0000:01:00.0 0300 10de:21c4 - nouveau', '0000:01:00.1 0403 10de:1aeb - snd_hda_intel'];

  test('lspci -nnk', () => {
    const text = `01:00.0 VGA compatible controller [0300]: NVIDIA Corporation Example card [10de:21c4] (rev a1)
\tSubsystem: Example Device [1043:877f]
\tKernel driver in use: nouveau
\tKernel modules: nouveau
01:00.1 Audio device [0403]: NVIDIA Corporation Example audio [10de:1aeb] (rev a1)
\tSubsystem: Example Device [1043:877f]
\tKernel driver in use: snd_hda_intel
`;
    expect(brief(read(text))).toEqual(wanted);
    expect(read(text).unknown).toEqual(['computer', 'groups', 'uses', 'resets', 'others']);
  });

  test('lspci -nn', () => {
    const text = `00:00.0 Host bridge [0600]: Example [8086:9b33]
00:14.0 USB controller [0c03]: Example xHCI [8086:43ed] (rev 11) (prog-if 30 [XHCI])`;
    expect(read(text).functions.map((one) => one.class)).toEqual(['060000', '0c0330']);
    expect(read(text).unknown).toEqual(['computer', 'groups', 'drivers', 'uses', 'resets']);
  });

  test('lspci -n, without names', () => {
    const text = `01:00.0 0300: 10de:21c4 (rev a1)
\tSubsystem: 1043:877f
\tKernel driver in use: nouveau
01:00.1 0403: 10de:1aeb (rev a1)
\tKernel driver in use: snd_hda_intel`;
    expect(brief(read(text))).toEqual(wanted);
  });

  test('lspci -nnvmm, which knows groups where lspci is new', () => {
    const text = `Slot:\t01:00.0
Class:\tVGA compatible controller [0300]
Vendor:\tNVIDIA Corporation [10de]
Device:\tExample card [21c4]
SVendor:\tExample [1043]
SDevice:\tDevice [877f]
Rev:\ta1
Driver:\tnouveau
IOMMUGroup:\t12

Slot:\t01:00.1
Class:\tAudio device [0403]
Vendor:\tNVIDIA Corporation [10de]
Device:\tExample audio [1aeb]
Driver:\tsnd_hda_intel
IOMMUGroup:\t12
`;
    expect(brief(read(text))).toEqual(wanted.map((line) => line.replace(' - ', ' 12 ')));
  });

  test('a whole output of inxi', () => {
    const text = `System:
  Kernel: 6.12.0 arch: x86_64 bits: 64
Machine:
  Type: Desktop Mobo: Example model: B550 serial: <filter>
Graphics:
  Device-1: NVIDIA Example card vendor: Example driver: nouveau v: kernel
    arch: Turing pcie: speed: 8 GT/s lanes: 16 ports: active: HDMI-A-1
    bus-ID: 01:00.0 chip-ID: 10de:21c4 class-ID: 0300
  Display: x11 server: X.Org v: 21.1
Audio:
  Device-1: NVIDIA Example audio driver: snd_hda_intel v: kernel bus-ID: 01:00.1
    chip-ID: 10de:1aeb class-ID: 0403
  API: ALSA v: k6.12.0
USB:
  Hub-1: 1-0:1 info: hi-speed hub bus-ID: 1-0:1 chip-ID: 1d6b:0002
`;
    expect(brief(read(text))).toEqual(wanted);
  });

  test('a brief output of inxi, which tells classes by its sections', () => {
    const text = `Graphics:
  Device-1: Intel Example [Iris Xe Graphics] vendor: Example
    driver: i915 v: kernel ports: active: eDP-1 empty: DP-1
    bus-ID: 00:02.0 chip-ID: 8086:46a6
  Device-2: Example Camera driver: uvcvideo type: USB bus-ID: 3-7:3
    chip-ID: 5986:2142
Audio:     Card-1: Intel Example driver: snd_hda_intel bus-ID: 00:1f.3 chip-ID: 8086:51c8
Network:
  Device-1: Example Ethernet I225-V driver: igc v: kernel bus-ID: 05:00.0
  Device-2: Example 802.11ax Adapter driver: mt7921e v: kernel bus-ID: 06:00.0
RAID:
  Hardware-1: Intel Volume Management Device driver: vmd v: 0.6 bus-ID: 00:0e.0 chip-ID: 8086:467f
`;
    expect(brief(read(text))).toEqual([
      '0000:00:02.0 0300 8086:46a6 - i915',
      '0000:00:0e.0 0104 8086:467f - vmd',
      '0000:00:1f.3 0403 8086:51c8 - snd_hda_intel',
      '0000:05:00.0 0200  - igc',
      '0000:06:00.0 0280  - mt7921e',
    ]);
    expect(verdictInWords(judge(read(text)))).toContain('firmware-wireless (Wi-Fi)\n');
  });

  test('an output of inxi before 3.1, which wrote blanks in its keys', () => {
    const text = `Machine:   Type: Desktop Mobo: Example model: X370 v: x serial: <filter>
Graphics:  Card-1: NVIDIA Example card driver: nouveau v: 1 bus ID: 01:00.0 chip ID: 10de:21c4
           Display: x11 server: X.Org 1.19.6
Audio:     Card-1: NVIDIA Example audio driver: snd_hda_intel v: k bus ID: 01:00.1 chip ID: 10de:1aeb`;
    expect(brief(read(text))).toEqual(wanted);
  });

  test('without ids, USB beside graphics is not called a part of the card', () => {
    const text = `pci@0000:00:00.0              bridge         Example Root Complex
pci@0000:06:00.0              display        Example
pci@0000:06:00.1  card1       multimedia     Example audio
pci@0000:06:00.3              bus            Example USB 3.1`;
    expect(judge(read(text)).cards.map(({ card }) => card.functions.map(({ address }) => address))).toEqual([
      ['0000:06:00.0', '0000:06:00.1'],
      ['0000:06:00.3'],
    ]);
  });

  test('lshw -businfo, which has no ids', () => {
    const text = `Bus info          Device      Class          Description
=======================================================
                              system         Computer
pci@0000:00:00.0              bridge         Example Host Bridge
pci@0000:01:00.0  /dev/fb0    display        Example card
pci@0000:01:00.1  card0       multimedia     Example audio
pci@0000:02:00.0  /dev/nvme0  storage        Example NVMe SSD Controller
pci@0000:03:00.0  eth0        network        I211 Gigabit Network Connection
usb@1:2           input1      input          Example keyboard`;
    expect(read(text).functions.map((one) => `${one.address} ${one.class}`)).toEqual([
      '0000:00:00.0 060000',
      '0000:01:00.0 030000',
      '0000:01:00.1 040300',
      '0000:02:00.0 010800',
      '0000:03:00.0 020000',
    ]);
    expect(read(text).unknown).toContain('ids');
    expect(verdictInWords(judge(read(text)))).toContain('0000:01:00.0, 0000:01:00.1  graphics with its sound\n');
  });

  test('what a form cannot tell is said', () => {
    const words = verdictInWords(judge(read('01:00.0 VGA compatible controller [0300]: Example [10de:21c4]')));
    expect(words).toContain('Cannot be judged: the IOMMU group is not told\n  0000:01:00.0  NVIDIA graphics 10de:21c4');
    expect(words).toContain('if there is no other graphics card, the host stays without a screen');
    expect(words).toMatch(/Not told\n {2}processor, firmware and memory/);
    expect(words).not.toContain('nothing can reset it');
    expect(judge(read(blockForm)).host).toMatchObject({ processor: 'unknown', iommu: 'on' });
  });

  test('devices of a domain beyond FFFF have their whole address', () => {
    const text = '10000:e1:00.0 Non-Volatile memory controller [0108]: Example [144d:a808]';
    expect(brief(read(text))).toEqual(['10000:e1:00.0 0108 144d:a808 - -']);
  });
});
