import type { TopologyFile } from '../../../scripts/lab/topology/index.ts';
import { corrupted, truncated, withKernelLine } from './faulty-images.ts';
import { type GuestFault, oneShot } from './guest-faults.ts';
import type { Named } from './running-faults.ts';

/** A fault that needs a boot of its own, most because it ends that boot. */
export interface BootFault extends Named, GuestFault {
  /** Added to the kernel's: QEMU loads it from outside of the image, unless there is an `image`. */
  readonly kernelArguments?: readonly string[];
  /** Makes a faulty copy of the image in a directory; it is then booted from CD. */
  readonly image?: (image: string, directory: string) => Promise<string>;
  readonly machine?: Partial<TopologyFile>;
  /** Kills QEMU when a message of the progress matches. */
  readonly killAt?: RegExp;
  /** Also part of the short set that every `ci/test` runs. */
  readonly short?: true;
}

export const bootFaults: readonly BootFault[] = [
  {
    id: 'no-init',
    fault: 'no init in the initramfs',
    kernelArguments: ['rdinit=/nonexistent'],
    code: 'boot-broken',
    cause: /Kernel panic|Unable to mount root/,
    short: true,
  },
  {
    id: 'wrong-root',
    fault: 'root= names a medium that is not there',
    kernelArguments: ['root=live:CDLABEL=WRONG', 'rd.retry=4'],
    code: 'boot-broken',
    cause: /root=live:CDLABEL=WRONG/,
    short: true,
  },
  {
    id: 'loader-cannot-load',
    fault: 'the boot menu names a kernel that is not there',
    image: (image, directory) =>
      withKernelLine(image, directory, (line) => line.replace('/boot/vmlinuz', '/boot/absent')),
    code: 'boot-broken',
    cause: /\/boot\/absent/,
    short: true,
  },
  {
    id: 'qemu-killed',
    fault: 'QEMU is killed during the boot',
    killAt: /initramfs/,
    code: 'machine-ended',
    cause: /QEMU ended during the test/,
    short: true,
  },
  {
    id: 'no-credentials',
    fault: 'the image takes no credentials, so the agent never answers',
    kernelArguments: ['systemd.import_credentials=no'],
    code: 'agent-silent',
    cause: /systemd 256/,
  },
  {
    id: 'initramfs-module-missing',
    fault: 'the initramfs lacks the module for the file system of the medium',
    kernelArguments: ['module_blacklist=isofs', 'rd.retry=4'],
    code: 'boot-broken',
    cause: /unknown filesystem type 'iso9660'/,
  },
  {
    id: 'emergency',
    fault: 'the system goes to the emergency shell, as a mount that it cannot do without fails',
    fstab: ['/dev/disk/by-label/absent /srv ext4 x-systemd.device-timeout=3s 0 0'],
    code: 'boot-broken',
    cause: /[Ee]mergency[\s\S]*(?:absent|srv)/,
  },
  {
    id: 'panic',
    fault: 'a kernel panic',
    units: { 'panic.service': oneShot('echo c >/proc/sysrq-trigger') },
    started: ['panic.service'],
    code: 'boot-broken',
    cause: /Kernel panic - not syncing: sysrq triggered crash/,
  },
  {
    id: 'guest-turns-off',
    fault: 'the guest turns itself off',
    units: { 'off.service': oneShot('systemctl poweroff') },
    started: ['off.service'],
    code: 'machine-ended',
    cause: /turned itself off/,
  },
  {
    id: 'guest-restarts',
    fault: 'the guest restarts itself',
    units: { 'again.service': oneShot('systemctl reboot --force --force') },
    started: ['again.service'],
    code: 'machine-ended',
    cause: /restarted itself/,
  },
  {
    id: 'image-truncated',
    fault: 'the image file is cut off',
    image: (image, directory) => truncated(image, directory, 0.5),
    code: 'image-cut-off',
    cause: /faulty\.iso is cut off: \d+ of \d+ bytes are there/,
  },
  {
    id: 'squashfs-damaged',
    fault: 'the root file system in the image is damaged',
    image: (image, directory) => corrupted(image, directory, '/LiveOS/squashfs.img'),
    code: 'console-squashfs-error',
    cause: /SQUASHFS error/,
  },
  {
    id: 'initramfs-damaged',
    fault: 'the initramfs in the image is damaged',
    image: (image, directory) => corrupted(image, directory, '/boot/initrd.img'),
    code: 'console-initramfs-broken',
    cause: /Initramfs unpacking failed/,
  },
  {
    id: 'too-little-memory',
    fault: 'a machine with too little memory for the initramfs',
    machine: { memoryMiB: 96 },
    code: 'boot-broken',
    cause: /does not fit into the memory of the machine/,
  },
  {
    id: 'unit-hangs',
    fault: 'a unit that never comes up',
    units: {
      'hang.service': oneShot('sleep 100000', 'TimeoutStartSec=infinity\n').replace(
        '[Service]',
        'Before=getty.target\n[Service]',
      ),
    },
    started: ['hang.service'],
    code: 'boot-stalled',
    cause: /it waits for .*hang\.service/,
  },
  {
    id: 'network-never-up',
    fault: 'a wait for a network that never comes',
    units: {
      'wait-network.service':
        '[Service]\nType=oneshot\nTimeoutStartSec=infinity\nExecStart=/usr/lib/systemd/systemd-networkd-wait-online --interface=absent0 --timeout=0\n',
    },
    started: ['systemd-networkd.service', 'wait-network.service'],
    code: 'boot-stalled',
    cause: /it waits for .*wait-network\.service/,
  },
  {
    id: 'dbus-masked',
    fault: 'D-Bus is masked',
    kernelArguments: ['systemd.mask=dbus-broker.service', 'systemd.mask=dbus.service'],
    code: 'console-unit-failed',
    cause: /systemd-logind\.service[\s\S]*asks for dbus(?:-broker)?\.service, which is masked/,
  },
  {
    id: 'wrong-clock',
    fault: 'a clock that is years ahead, so that signed lists have run out',
    machine: { clock: '2036-05-04T12:00:00' },
    units: {
      'refresh.service': oneShot(
        `mkdir -p /run/archive /run/lists/partial
: >/run/archive/Packages
printf 'Date: Sun, 01 Nov 2026 00:00:00 UTC\\nValid-Until: Sun, 01 Nov 2035 00:00:00 UTC\\nSHA256:\\n %s 0 Packages\\n' "$(sha256sum </run/archive/Packages | cut -d ' ' -f 1)" >/run/archive/Release
echo 'deb [trusted=yes] file:/run/archive ./' >/run/archive/sources.list
apt-get -o Dir::Etc::sourcelist=/run/archive/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=/run/lists -o APT::Update::Error-Mode=any update`,
      ),
    },
    started: ['refresh.service'],
    code: 'console-out-of-its-time',
    cause: /Release file for .* is expired[\s\S]*the guest's clock is \d+ days ahead: it says 2036-05-04/,
  },
  {
    id: 'root-full',
    fault: 'a full disk, so that a service cannot write what it needs',
    units: {
      'fill.service': oneShot('head -c 100G /dev/zero >/var/ballast; true').replace(
        '[Service]',
        'Before=writer.service\n[Service]',
      ),
      'writer.service': oneShot('set -e; head -c 1000000 /dev/zero >/var/lib/state').replace(
        '[Service]',
        'After=fill.service\n[Service]',
      ),
    },
    started: ['fill.service', 'writer.service'],
    code: 'console-unit-failed',
    cause: /writer\.service[\s\S]*No space left on device/,
  },
  {
    id: 'journal-full',
    fault: 'the journal has no room',
    units: {
      'no-journal.service': oneShot(
        'mkdir -p /var/log/journal; mount -t tmpfs -o size=16k tmpfs /var/log/journal; systemctl restart systemd-journald; journalctl --flush; sleep 1',
      ),
    },
    started: ['no-journal.service'],
    code: 'console-journal-broken',
    cause: /systemd-journald.*Failed to open system journal: No space left on device/,
  },
];
