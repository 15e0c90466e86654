import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runInstallation } from '../../scripts/installation/run-installation.ts';
import type { Step } from '../../scripts/installation/steps/step.ts';
import { FakeMachine } from './fake-machine.ts';
import { planFor, type Situation } from './fixtures.ts';

const lines = [
  'autopart --type=lvm --encrypted --passphrase="correct horse"',
  'bootloader --append="quiet \'odd=$x\' nested=1 rd.luks.options=tpm2-device=auto"',
  'user --name=ada --groups=administrators --iscrypted --password=$6$salt$hash',
  'network --hostname=host.example',
  'reboot',
  '%post --interpreter=/bin/bash --log=/root/post.log',
  'echo done',
  '%end',
  '%post --nochroot --erroronfail',
  'cp /etc/hosts /mnt/sysimage/etc/',
  '%end',
];

function installation(situation: Situation = {}, more: readonly string[] = lines) {
  const planned = planFor(more, situation).installation;
  if (planned === undefined) throw new Error('no installation');
  return planned;
}

const titled = (steps: readonly Step[], title: string | RegExp): Step => {
  const found = steps.find((step) => (typeof title === 'string' ? step.title === title : title.test(step.title)));
  if (found === undefined) throw new Error(`no step ${title} in ${steps.map((step) => step.title).join(', ')}`);
  return found;
};

test('no secret is in a list of arguments', () => {
  const { steps, closing } = installation();
  const argv = JSON.stringify([...steps, ...closing].map((step) => step.argv));
  expect(argv).not.toContain('correct horse');
  expect(argv).not.toContain('$6$');
  expect(titled(steps, 'Encrypting /dev/vda4').stdin).toBe('correct horse');
  expect(titled(steps, 'user ada').stdin).toContain('$6$salt$hash');
});

test('every script is valid shell', () => {
  const { steps, closing } = installation();
  const scripts = [...steps, ...closing].flatMap(({ argv }) => (argv[0] === 'sh' ? [argv[2] ?? ''] : []));
  expect(scripts.length).toBeGreaterThan(12);
  for (const script of scripts) execFileSync('sh', ['-n'], { input: script });
});

test('what makes the disk start comes last, after everything was read back', () => {
  const { steps } = installation();
  const at = (title: string | RegExp) => steps.indexOf(titled(steps, title));
  const order = [
    'Letting go of what is on /dev/vda',
    /^Partitioning vda/,
    'Marking the disk as not finished',
    'Encrypting /dev/vda4',
    'Letting the TPM open /dev/vda4',
    'Opening /dev/vda4',
    /^Making the volume group phyllome_/,
    'Making ext4 for /',
    'Mounting /',
    'Mounting /boot',
    /^Copying the system/,
    'Unmounting, so that nothing is read from memory',
    'Mounting / again',
    'Mounting /boot again',
    'Reading back what was written',
    'Writing /etc/fstab',
    'user ada',
    '%post at line 6',
    'Mounting /boot/efi',
    'Writing the boot menu',
    'Copying GRUB for BIOS',
    'Copying GRUB for UEFI',
    'Writing where GRUB goes on',
    'Writing everything to the disk before it can start',
    'Making the disk start by BIOS',
    'Making the disk start by UEFI',
    'Writing the boot loaders to the disk',
    "Removing the firmware's entries of what was on the disk",
    "Making the firmware's entry",
  ].map(at);
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(order.at(-1)).toBe(steps.length - 1);
});

test('the new system is started with what it needs to find itself, and with the arguments of flavour and answers', () => {
  const { steps, layout } = installation();
  const uuid = layout.encrypted[0]?.uuid;
  const group = layout.groups[0]?.name;
  expect(group).toBe('phyllome_00000001');
  const expected = `root=/dev/${group}/root rd.luks.name=${uuid}=pv-01 rd.lvm.lv=${group}/root ro iommu=pt console=tty0 quiet`;
  expect(titled(steps, 'Writing the kernel arguments').stdin).toMatch(new RegExp(`^${expected} 'odd=\\$x' nested=1 `));
  const menu = titled(steps, 'Writing the boot menu').stdin ?? '';
  expect(menu).toContain(`linux /vmlinuz ${expected} ''\\''odd=$x'\\''' nested=1`);
  expect(menu).toContain(`search --no-floppy --fs-uuid --set=root ${layout.boot.fileSystemUuid}`);
  expect(menu).toContain('set timeout=3');
  expect(titled(steps, 'Writing where GRUB goes on').stdin).toContain('set prefix=($root)/grub');
});

test('systemd-boot finds kernel and arguments where kernel-install goes on with them', () => {
  const sdboot = [
    'autopart --encrypted --passphrase=x',
    'bootloader --sdboot --append=quiet --timeout=7',
    'sshkey --username=root "ssh-ed25519 A"',
  ];
  const { steps, layout } = installation({ packages: ['systemd-boot'] }, sdboot);
  const uuid = layout.encrypted[0]?.uuid;
  expect(titled(steps, 'Naming the directory of kernels').stdin).toBe('phyllome\n');
  expect(titled(steps, 'Writing the boot menu').stdin).toBe('timeout 7\n');
  const entry = titled(steps, 'Writing the entry of the kernel');
  expect(entry.argv.at(-1)).toBe('/mnt/sysimage/boot/efi/loader/entries/phyllome-6.12.1-amd64.conf');
  expect(entry.stdin?.split('\n')).toEqual([
    'title Phyllome OS test',
    'version 6.12.1-amd64',
    'sort-key phyllome',
    `options root=/dev/mapper/root rd.luks.name=${uuid}=root ro iommu=pt console=tty0 quiet`,
    'linux /phyllome/6.12.1-amd64/linux',
    'initrd /phyllome/6.12.1-amd64/initrd.img',
    '',
  ]);
  const last = [
    'Copying systemd-boot',
    'Writing everything to the disk before it can start',
    'Making the disk start by UEFI',
  ];
  const at = last.map((title) => steps.indexOf(titled(steps, title)));
  expect(at).toEqual([...at].sort((one, other) => one - other));
  expect(steps.some(({ title }) => /GRUB|BIOS/.test(title))).toBe(false);
});

test("the firmware's entries of what a disk had go, and no other", () => {
  const [gone, kept] = ['3b1bd3b8-6f0e-4d1c-9a53-0d3e7c6ad0aa', '9c0ffee0-6f0e-4d1c-9a53-0d3e7c6ad0bb'];
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-entries-'));
  const listed = [
    'BootCurrent: 0003',
    'BootOrder: 0003,0001,0002',
    'Boot0001* Windows Boot Manager\tHD(1,GPT,GONE,0x800,0x100000)/File(\\EFI\\MICROSOFT\\BOOT\\BOOTMGFW.EFI)',
    'Boot0002* UEFI PXEv4\tPciRoot(0x0)/Pci(0x3,0x0)/MAC(525400123456,0)',
    'Boot000A* Phyllome OS headless\tHD(2,GPT,KEPT,0x1000,0x100000)/File(\\EFI\\phyllome\\shimx64.efi)',
    'Boot000B  Phyllome OS headless\tHD(2,GPT,GONE,0x1000,0x100000)/\\EFI\\phyllome\\shimx64.efi',
  ].join('\n');
  writeFileSync(path.join(directory, 'list'), `${listed.replaceAll('GONE', gone).replaceAll('KEPT', kept)}\n`);
  writeFileSync(path.join(directory, 'replaced'), `\n${gone.toUpperCase()}\n\n`);
  const program = '#!/bin/sh\ncd "$(dirname "$0")"\ncase $1 in --verbose) cat list ;; *) echo "$*" >> called ;; esac\n';
  writeFileSync(path.join(directory, 'efibootmgr'), program, { mode: 0o755 });
  const { argv } = titled(installation().steps, /^Removing the firmware's entries/);
  expect(argv.slice(4)).toEqual(['/run/phyllome-installer/replaced-vda']);
  execFileSync('sh', [...argv.slice(1, 4), path.join(directory, 'replaced')], {
    env: { ...process.env, PATH: `${directory}:${process.env.PATH}` },
  });
  expect(readFileSync(path.join(directory, 'called'), 'utf8')).toBe(
    '--quiet --delete-bootnum --bootnum 0001\n--quiet --delete-bootnum --bootnum 000B\n',
  );
  rmSync(directory, { recursive: true });
});

test('the table of file systems names them by what only this installation has', () => {
  const { steps, layout } = installation({}, [
    'reqpart',
    'part / --grow --fstype=xfs --fsoptions=noatime',
    'part swap --size=100',
    'sshkey --username=root "ssh-ed25519 A"',
  ]);
  const [root, esp] = layout.fileSystems;
  expect(titled(steps, 'Writing /etc/fstab').stdin).toBe(
    [
      '# Written by the installer.',
      `UUID=${root?.uuid} / xfs noatime 0 0`,
      `UUID=${esp?.uuid.slice(0, 4)}-${esp?.uuid.slice(4)} /boot/efi vfat umask=0077,shortname=winnt 0 0`,
      `UUID=${layout.swaps[0]?.uuid} none swap defaults 0 0`,
      '',
    ].join('\n'),
  );
});

test('a firmware that knows no entries gets none', () => {
  const bios = installation({ computer: { firmware: 'bios' } });
  expect(bios.steps.some(({ title }) => title === "Making the firmware's entry")).toBe(false);
  expect(bios.end).toEqual({ action: 'reboot', eject: false });
});

test('a small computer gets a cost that it can pay', () => {
  const argvOf = (memoryMiB: number) =>
    titled(installation({ computer: { memoryMiB } }).steps, 'Encrypting /dev/vda4').argv;
  expect(argvOf(4096)).toContain('--pbkdf-memory=262144');
  expect(argvOf(900)).toContain('--pbkdf-memory=65536');
});

test('what is encrypted is so by blocks of file systems, whatever the disk counts in', () => {
  const { steps } = installation();
  expect(titled(steps, 'Encrypting /dev/vda4').argv).toContain('--sector-size=4096');
  expect(steps.find(({ argv }) => argv[0] === 'vgcreate')?.argv).toContain(
    '--config=devices/allow_mixed_block_sizes=1',
  );
});

test('an installation that succeeds closes what it opened, and leaves its log', () => {
  const machine = new FakeMachine({}, { df: { stdout: 'Used\n262144000\n' } });
  const planned = installation();
  const { failure, warnings } = runInstallation(machine, planned);
  expect({ failure, warnings }).toEqual({ failure: undefined, warnings: [] });
  const own = machine.ran.filter(({ argv }) => argv[0] !== 'df' && argv[0] !== 'dmesg');
  expect(own.map(({ argv }) => argv)).toEqual([...planned.steps, ...planned.closing].map(({ argv }) => argv));
  expect(machine.said).toContain('      50 %  (250 of 500 MiB)');
  const log = machine.written.get('/mnt/sysimage/var/log/phyllome-install.log') ?? '';
  expect(log).toContain('+ mkfs.ext4');
  expect(log).not.toMatch(/correct horse|\$6\$/);
});

test('the first failure stops, is told with its last words, and everything is closed', () => {
  const machine = new FakeMachine(
    {},
    { 'mkfs.ext4': { status: 1, stderr: `${'x\n'.repeat(9)}No space left on device\n` } },
  );
  const planned = installation();
  const { failure, log } = runInstallation(machine, planned);
  expect(failure).toMatchObject({ step: { title: 'Making ext4 for /' }, status: 1 });
  expect(failure?.words.split('\n')).toEqual(['x', 'x', 'x', 'x', 'No space left on device']);
  expect(machine.ran.some(({ argv }) => argv[0] === 'cp')).toBe(false);
  const ran = machine.ran.filter(({ argv }) => argv[0] !== 'dmesg');
  expect(ran.slice(-planned.closing.length).map(({ argv }) => argv)).toEqual(planned.closing.map(({ argv }) => argv));
  expect(log).not.toContain('correct horse');
});

test('what may fail is a warning', () => {
  const { failure, warnings } = runInstallation(
    new FakeMachine({}, { efibootmgr: { status: 5, stderr: 'No space left' } }),
    installation(),
  );
  expect(failure).toBeUndefined();
  expect(warnings).toEqual(["Making the firmware's entry failed: No space left"]);
});

test('what would go on after an error is told by its first words, with what the kernel says of the disk', () => {
  const machine = new FakeMachine(
    {},
    { cp: { status: 1, stderr: 'cp: one: Read-only file system\ncp: two: Read-only file system\n' } },
  );
  // The second time and later: the first is before anything is done.
  let asked = 0;
  const run = machine.run.bind(machine);
  machine.run = (argv, options) => {
    if (argv[0] !== 'dmesg') return run(argv, options);
    const errors = ['I/O error, dev sr0, sector 64 op 0x0:(READ)', 'I/O error, dev vda, sector 2048 op 0x1:(WRITE)'];
    return { status: 0, stdout: `${errors.slice(0, ++asked).join('\n')}\n`, stderr: '' };
  };
  const { failure } = runInstallation(machine, installation());
  expect(failure).toMatchObject({
    words: 'cp: one: Read-only file system\ncp: two: Read-only file system',
    kernel: ['I/O error, dev vda, sector 2048 op 0x1:(WRITE)'],
    causes: [expect.stringContaining('The disk vda does not take')],
  });
});

test('the boot code of an unfinished disk fills the room that a boot sector has, and no more', () => {
  const { steps } = installation();
  const code = titled(steps, 'Marking the disk as not finished').argv[4] ?? '';
  const bytes = execFileSync('sh', ['-c', 'printf "$1"', 'sh', code]);
  expect(bytes.length).toBe(440);
  expect(bytes.toString('latin1')).toContain('\x1b|');
  // Where the words are that the code points at.
  expect(bytes.toString('latin1', 0x1b)).toMatch(
    /^This disk holds an installation that was not finished\.\r\nStart .*again\.\r\n\0+$/s,
  );
});
