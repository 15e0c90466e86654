import type { Example } from '../../checks/examples/index.ts';
import { event, header, sha256 } from '../event-log.ts';

const noFailedUnits = ['--failed', '\n'] as const;
const from = (way: string): Example['says'] => [noFailedUnits, ['readlink -f', `/dev/sr0\n/sys/devices/${way}\n`]];

/** A system that runs from where it should, from somewhere else, and with a failed unit. */
function started(of: string, right: string, wrong: string): Example[] {
  return [
    { of, when: 'it does', says: from(right), passes: `/sys/devices/${right}` },
    { of, when: 'it runs from elsewhere', says: from(wrong), fails: `it runs from /sys/devices/${wrong}` },
    {
      of,
      when: 'a unit failed',
      says: [['--failed', 'a.service loaded failed failed A\n'], ...from(right)],
      fails: 'units failed',
    },
  ];
}

const usb = 'pci0000:00/0000:00:04.0/usb1/1-1/1-1:1.0/host6/target6:0:0/6:0:0:0/block/sda';
const virtio = 'pci0000:00/0000:00:05.0/virtio1/block/vda';
const ata = 'pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block/sr0';

const fetched = 'vmlinuz initrd=initrd.magic root=live:/root.img rd.live.image console=ttyS0,115200';
const commandLine = 'vmlinuz initrd=initrd.img root=live:CDLABEL=NANO quiet';
const enforced = 'SecureBoot 1\nSetupMode 0\nlockdown none [integrity] confidentiality\nSecure boot enabled\n';

const registers = [0, 4, 7, 8, 9];
const measured = (register: number): Buffer => sha256(Buffer.from(`what went into ${register}`));
const log = (of: readonly number[]) =>
  Buffer.concat([header, ...of.map((register) => event(register, 13, measured(register)))]);
const value = (register: number, of: readonly number[]): string =>
  of.includes(register) ? sha256(Buffer.alloc(32), measured(register)).toString('hex') : '0'.repeat(64);
const pcrs = (of: readonly number[]): string =>
  `${Array.from({ length: 10 }, (_, register) => `${register} ${value(register, of).toUpperCase()}`).join('\n')}\n2\nbanks pcr-sha256\n`;
const tpm = (of: readonly number[], values: string): Example['says'] => [
  ['binary_bios_measurements', log(of)],
  ['pcr-sha256', values],
];

const meminfo = (availableKib: number) => `MemTotal:        1003520 kB\nMemAvailable:    ${availableKib} kB\n`;
const kernelSays = (message: string) => ['journalctl', `${JSON.stringify({ MESSAGE: message })}\n`] as const;

const copy = (file: string, asked: string, said = '') =>
  [['losetup', `${file}\nasked ${asked}\nmemory 1000\n${said}`]] as const;
const inMemory = '/initramfs/squashed.img';
const onMedium = '/run/initramfs/live/LiveOS/squashfs.img';
const told =
  'phyllome: The system is not copied to memory: that takes 1324 MiB (300 for the copy), and this computer has 1000 MiB.\n';

export const startExamples: readonly Example[] = [
  { of: 'runs-from-copy', when: 'it does', says: copy(inMemory, '300'), passes: 'from the copy' },
  {
    of: 'runs-from-copy',
    when: 'it runs from its medium',
    says: copy(onMedium, '300'),
    fails: 'it runs from its medium',
  },
  {
    of: 'runs-from-copy',
    when: 'the first entry was started',
    says: copy(inMemory, ''),
    fails: 'another entry was started',
  },
  { of: 'runs-without-copy', when: 'it is told', says: copy(onMedium, '300', told), passes: told.trim() },
  {
    of: 'runs-without-copy',
    when: 'it was copied',
    says: copy(inMemory, '300', told),
    fails: 'it was copied all the same',
  },
  { of: 'runs-without-copy', when: 'nothing was said', says: copy(onMedium, '300'), fails: 'nothing was said' },
  {
    of: 'runs-without-copy',
    when: 'the first entry was started',
    says: copy(onMedium, ''),
    fails: 'another entry was started',
  },
  ...started('runs-from-usb', usb, ata),
  ...started('runs-from-disk', virtio, usb),
  ...started('network-boot-root', ata, virtio),
  ...started('runs-from-read-only', usb, virtio),
  {
    of: 'network-boot-loader',
    when: 'iPXE fetched the kernel',
    says: [['/proc/cmdline', commandLine]],
    console: ['iPXE 1.21.1', 'Linux version 6.12'],
    passes: 'iPXE fetched it',
  },
  {
    of: 'network-boot-loader',
    when: 'the kernel was started by something quiet',
    says: [['/proc/cmdline', 'BOOT_IMAGE=/boot/vmlinuz quiet']],
    fails: 'the kernel was not started by iPXE',
  },
  ...['GNU GRUB  version 2.12', 'systemd-boot 257', 'ISOLINUX 6.04'].map(
    (line): Example => ({
      of: 'network-boot-loader',
      when: `the console says ${line}`,
      says: [['/proc/cmdline', commandLine]],
      console: ['SeaBIOS', line],
      fails: 'another boot loader started',
    }),
  ),
  {
    of: 'network-root-in-memory',
    when: 'the firmware fetched it, and there is swap in memory alone',
    says: [
      ['/proc/cmdline', fetched],
      ['lsblk', 'squashfs\nloop0 loop\nzram0 disk\n'],
    ],
    passes: 'it runs from memory',
  },
  {
    of: 'network-root-in-memory',
    when: 'the kernel looks for a medium',
    says: [
      ['/proc/cmdline', commandLine],
      ['lsblk', 'squashfs\nloop0 loop\n'],
    ],
    fails: 'the kernel was told another root',
  },
  {
    of: 'network-root-in-memory',
    when: 'nothing is mounted where the live root is',
    says: [
      ['/proc/cmdline', fetched],
      ['lsblk', 'none\n'],
    ],
    fails: 'no squashfs is mounted',
  },
  ...['sr0 rom', 'vda disk'].map(
    (line): Example => ({
      of: 'network-root-in-memory',
      when: `there is ${line}`,
      says: [
        ['/proc/cmdline', fetched],
        ['lsblk', `squashfs\nloop0 loop\n${line}\n`],
      ],
      fails: 'there is a disk or a medium it could come from',
    }),
  ),
  {
    of: 'secure-boot-enforced',
    when: 'firmware and kernel say so',
    says: [['efivars', enforced]],
    passes: 'enforced, and the kernel is locked down',
  },
  {
    of: 'secure-boot-enforced',
    when: 'the kernel is locked down further',
    says: [['efivars', enforced.replace('[integrity] confidentiality', 'integrity [confidentiality]')]],
    passes: 'enforced, and the kernel is locked down',
  },
  {
    of: 'secure-boot-enforced',
    when: 'the firmware does not enforce it',
    says: [['efivars', enforced.replace('SecureBoot 1', 'SecureBoot 0')]],
    fails: 'the firmware does not enforce Secure Boot',
  },
  {
    of: 'secure-boot-enforced',
    when: 'the firmware is in set-up mode and the kernel is open',
    says: [['efivars', 'SecureBoot 1\nSetupMode 1\nlockdown [none] integrity confidentiality\n']],
    fails: 'the firmware takes any key; the kernel is not locked down',
  },
  {
    of: 'tpm-pcrs',
    when: 'the registers follow from the log',
    says: tpm(registers, pcrs(registers)),
    passes: '5 measurements, as the event log says',
  },
  {
    of: 'tpm-pcrs',
    when: 'a register holds something else',
    says: tpm(registers, pcrs(registers).replace(/^7 ./m, '7 f')),
    fails: 'PCR 7 do not follow from the event log',
  },
  {
    of: 'tpm-pcrs',
    when: 'the TPM has more banks than a guest of libvirt’s',
    says: tpm(registers, pcrs(registers).replace('banks ', 'banks pcr-sha1 ')),
    fails: 'the TPM is no such as libvirt gives a guest: it has the banks pcr-sha1 pcr-sha256',
  },
  ...registers.map((register): Example => {
    const others = registers.filter((one) => one !== register);
    return {
      of: 'tpm-pcrs',
      when: `nothing was measured into register ${register}`,
      says: tpm(others, pcrs(others)),
      fails: `nothing was measured into PCR ${register}`,
    };
  }),
  {
    of: 'memory-left',
    when: 'as much is left as a small guest needs',
    says: [['/proc/meminfo', meminfo(262_144)], kernelSays('Linux version 6.12')],
    passes: '256 of 980 MiB are available',
  },
  {
    of: 'memory-left',
    when: 'a MiB less is left',
    says: [['/proc/meminfo', meminfo(261_120)], kernelSays('Linux version 6.12')],
    fails: '255 of 980 MiB are available',
  },
  ...['Out of memory: Killed process 311 (virtqemud)', 'oom-kill:constraint=CONSTRAINT_NONE'].map(
    (message): Example => ({
      of: 'memory-left',
      when: `the kernel says ${message}`,
      says: [['/proc/meminfo', meminfo(524_288)], kernelSays(message)],
      fails: 'the kernel killed something for want of memory',
    }),
  ),
  {
    of: 'clock-moved-on',
    when: 'the clock says 2024',
    says: [['date -u', '2024-01-01T00:01:00Z\n2023-11-02T10:00:00Z\n']],
    passes: 'the clock says 2024-01-01T00:01:00Z',
  },
  {
    of: 'clock-moved-on',
    when: 'the clock says 2023',
    says: [['date -u', '2023-12-31T23:59:59Z\n']],
    fails: 'the clock says 2023-12-31T23:59:59Z',
  },
  {
    of: 'medium-refuses-writes',
    when: 'the medium does and files are written beside it',
    says: [['/ro', 'read-only 1\nwritten\n']],
    passes: 'nothing complains',
  },
  {
    of: 'medium-refuses-writes',
    when: 'the medium takes writes',
    says: [['/ro', 'read-only 0\nwritten\n']],
    fails: 'the medium is not write-protected',
  },
  {
    of: 'medium-refuses-writes',
    when: 'no file can be written',
    says: [['/ro', 'read-only 1\n']],
    fails: 'no file can be written',
  },
  {
    of: 'medium-refuses-writes',
    when: 'the journal has errors of it',
    says: [['/ro', 'read-only 1\nwritten\nI/O error, dev sda, sector 64 op 0x1:(WRITE)\n']],
    fails: 'the journal complains',
  },
];
