import type { KickstartModel } from 'kickstart-parser';
import { fileSystems, isNeededToMount } from '../../configure/index.ts';
import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Computer } from '../computer/computer.ts';
import type { Medium } from '../medium/medium.ts';
import { finding } from './finding.ts';
import type { Wanted, WantedStorage } from './wanted.ts';

/** What is asked of storage and cannot be, whichever disks the computer has. */
export function refuseStorage(
  model: KickstartModel,
  wanted: WantedStorage,
  computer: Computer,
  medium: Medium,
): Diagnostic[] {
  const all = [...wanted.partitions, ...wanted.volumes];
  const findings: Diagnostic[] = [];
  const refuse = (at: Pick<Wanted, 'span'> | undefined, message: string, hint?: string) => {
    findings.push(finding(at, message, hint));
  };

  const { autopart, clearpart, bootloader, part, logvol } = model.commands;
  if (autopart !== undefined && part.length > 0)
    refuse(part[0], 'part beside autopart: one of them says how the disk is divided');
  if (autopart?.type !== undefined && !['plain', 'lvm', 'PLAIN', 'LVM'].includes(autopart.type)) {
    const hint = 'For Btrfs say `reqpart` and `part / --fstype=btrfs --grow`.';
    refuse(autopart, `autopart --type=${autopart.type}: plain or lvm`, hint);
  }
  if (!['', 'gpt'].includes(clearpart?.disklabel ?? ''))
    refuse(clearpart, `clearpart --disklabel=${clearpart?.disklabel}: only gpt`);

  for (const { luksVersion, span } of [...part, ...logvol, ...(autopart ? [autopart] : [])]) {
    if (!['', 'luks2'].includes(luksVersion)) refuse({ span }, `--luks-version=${luksVersion}: only luks2`);
  }
  for (const one of all) {
    if (one.role === 'file-system' && !one.place.startsWith('/')) {
      refuse(
        one,
        `${one.place}: neither a mount point nor swap, biosboot or pv.…`,
        'RAID and Btrfs volumes of several disks are not made here.',
      );
    } else if (one.role === 'file-system' && !fileSystems.includes(one.fileSystem)) {
      refuse(one, `${one.place} --fstype=${one.fileSystem}: must be ${fileSystems.join(', ')}`);
    }
    if (isNeededToMount(one.place)) {
      refuse(one, `${one.place}: the system needs this directory before it can mount anything`);
    }
    if (one.label !== undefined && one.label.length > 12) refuse(one, `--label=${one.label}: at most 12 characters`);
    if (one.label !== undefined && !/^[\w.+-]+$/.test(one.label))
      refuse(one, `--label=${one.label}: letters, digits and . _ + - only`);
    if (one.mountOptions !== undefined && !/^[\w=,.:/+-]+$/.test(one.mountOptions)) {
      refuse(one, `--fsoptions=${one.mountOptions}: not a list for /etc/fstab`);
    }
    if (one.passphrase === '')
      refuse(one, `${one.place}: --encrypted without --passphrase, and nobody is here to be asked`);
    if (one.passphrase !== undefined && ['bios-boot', 'esp'].includes(one.role))
      refuse(one, `${one.place} cannot be encrypted`);
    if (one.passphrase !== undefined && one.role === 'swap')
      refuse(one, 'an encrypted swap is not made here', 'Leave it out: the host swaps to compressed memory.');
    if (/[\n\r\0]/.test(one.passphrase ?? '')) refuse(one, 'a passphrase is one line');
  }
  const twice = all.filter(
    ({ place, role }, index) => role !== 'swap' && all.findIndex((other) => other.place === place) < index,
  );
  for (const one of twice) refuse(one, `${one.place} is given twice`);

  const root = all.find(({ place }) => place === '/');
  if (root === undefined) refuse(part[0] ?? autopart, 'no part / holds the system');
  refuseRoot(wanted, root, medium, refuse);
  const encrypted = all.find(({ passphrase }) => passphrase !== undefined);
  if (encrypted !== undefined && !medium.initramfs.crypt) {
    refuse(encrypted, 'this image opens no encrypted disk', 'Make one with the component encryption.');
  }
  if (wanted.groups.length > 0 && !medium.initramfs.lvm) {
    refuse(wanted.groups[0], 'this image knows no volume groups', 'Make one with the component lvm.');
  }
  refuseGroups(wanted, computer, refuse);

  const wantsTpm = asksForTpm(bootloader?.appendLine);
  if (wantsTpm && encrypted === undefined) refuse(bootloader, 'tpm2-device= without anything encrypted');
  if (wantsTpm && !medium.initramfs.tpm2)
    refuse(bootloader, 'this image cannot ask a TPM', 'Make one with the component encryption.');
  if (wantsTpm && !computer.hasTpm) {
    refuse(bootloader, 'tpm2-device=auto: this computer has no TPM 2.0, or its firmware has switched it off');
  }
  refuseLoader(model, wanted, computer, refuse);
  return findings;
}

type Refuse = (at: Pick<Wanted, 'span'> | undefined, message: string, hint?: string) => void;

/** What the loader must be able to read, and what the initramfs must be able to mount. */
function refuseRoot(wanted: WantedStorage, root: Wanted | undefined, medium: Medium, refuse: Refuse): void {
  const boot = [...wanted.partitions, ...wanted.volumes].find(({ place }) => place === '/boot');
  const isOnGroup = wanted.volumes.some(({ place }) => place === '/');
  if (wanted.loader === 'systemd-boot') {
    if (boot !== undefined)
      refuse(
        boot,
        'systemd-boot does not read this /boot',
        'Leave /boot and `reqpart --add-boot` out: it reads kernels from the EFI partition.',
      );
  } else {
    if (root !== undefined && boot === undefined && (root.passphrase !== undefined || isOnGroup)) {
      refuse(
        root,
        'the boot loader cannot read this /, and there is no /boot',
        'Add `part /boot --fstype=ext4 --size=1024`, or say `reqpart --add-boot`.',
      );
    }
    if (
      boot !== undefined &&
      (boot.passphrase !== undefined || wanted.volumes.some(({ place }) => place === '/boot'))
    ) {
      refuse(boot, 'the boot loader cannot read this /boot', 'It must be a partition that is not encrypted.');
    }
  }
  const kind = root?.fileSystem;
  if ((kind === 'xfs' || kind === 'btrfs') && !medium.initramfs[kind])
    refuse(root, `this image cannot start from ${kind}`);
}

function refuseGroups(wanted: WantedStorage, { disks }: Computer, refuse: Refuse): void {
  const members = wanted.partitions.filter(({ role }) => role === 'physical-volume').map(({ place }) => place);
  for (const group of wanted.groups) {
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.+]*$/.test(group.name))
      refuse(group, `volgroup ${group.name}: letters, digits and _ . + only`);
    // lsblk names a volume GROUP-VOLUME, with each hyphen of a name doubled.
    const there = disks.find(({ holds }) =>
      holds.some(({ name, kind }) => kind === 'lvm' && name.split(/(?<!-)-(?!-)/)[0] === group.name),
    );
    if (there !== undefined)
      refuse(
        group,
        `volgroup ${group.name}: ${there.name} holds a group of this name`,
        'Of two such groups a system finds only one: choose another name.',
      );
    if (group.members.length === 0) refuse(group, `volgroup ${group.name} has no pv.…`);
    for (const one of group.members)
      if (!members.includes(one)) refuse(group, `volgroup ${group.name}: there is no part ${one}`);
  }
  for (const volume of wanted.volumes) {
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.+]*$/.test(volume.name)) {
      refuse(volume, `logvol ${volume.place} --name=${volume.name}: letters, digits and _ . + only`);
    }
    if (!wanted.groups.some(({ name }) => name === volume.group))
      refuse(volume, `logvol ${volume.place}: there is no volgroup ${volume.group}`);
  }
  for (const member of wanted.partitions.filter(({ role }) => role === 'physical-volume')) {
    if (!wanted.groups.some(({ members: named }) => named.includes(member.place)))
      refuse(member, `part ${member.place} is in no volgroup`);
  }
}

function refuseLoader(
  model: KickstartModel,
  wanted: WantedStorage,
  computer: Pick<Computer, 'firmware'>,
  refuse: Refuse,
): void {
  const { bootloader, part, autopart } = model.commands;
  if (bootloader !== undefined && bootloader.location !== 'mbr') {
    refuse(
      bootloader,
      'a disk needs a boot loader of its own',
      'Say `bootloader --location=mbr`, or leave the line out.',
    );
  }
  if (wanted.loader === 'systemd-boot') {
    refuseSystemdBoot(wanted, bootloader, computer, refuse);
    return;
  }
  const needed = computer.firmware === 'uefi' ? 'esp' : 'bios-boot';
  if (wanted.partitions.some(({ role }) => role === needed)) return;
  refuse(
    part[0] ?? autopart,
    `this computer was started by ${computer.firmware === 'uefi' ? 'UEFI' : 'BIOS'}, and nothing on the disk would be started by it`,
    computer.firmware === 'uefi'
      ? 'Add `reqpart`, or `part /boot/efi --fstype=efi --size=512`.'
      : 'Add `reqpart`, or `part biosboot --fstype=biosboot --size=1`.',
  );
}

/** In MiB: two kernels with their initramfs, while one takes the other's place. */
const leastWithKernels = 256;

function refuseSystemdBoot(
  wanted: WantedStorage,
  bootloader: KickstartModel['commands']['bootloader'],
  { firmware }: Pick<Computer, 'firmware'>,
  refuse: Refuse,
): void {
  if (firmware === 'bios') {
    const hint = 'Switch the firmware to UEFI, or take a medium whose system is started by GRUB.';
    refuse(bootloader, 'systemd-boot starts by UEFI only, and this computer was started by BIOS', hint);
  }
  const esp = wanted.partitions.find(({ role }) => role === 'esp');
  if (esp === undefined) {
    refuse(
      bootloader,
      'systemd-boot needs a part /boot/efi',
      'Add `reqpart`, or `part /boot/efi --fstype=efi --size=1024`.',
    );
  } else if (!esp.grows && esp.sizeMiB !== undefined && esp.sizeMiB < leastWithKernels) {
    refuse(esp, `part /boot/efi --size=${esp.sizeMiB}: systemd-boot keeps kernels there`, 'Say --size=1024.');
  }
}

/** `bootloader --append="rd.luks.options=tpm2-device=auto"`: what is encrypted shall be opened by the TPM. */
export function asksForTpm(append: string | undefined): boolean {
  return /(^|\s)rd\.luks\.options=(\S*[,=])?tpm2-device=auto(,|\s|$)/.test(append ?? '');
}
