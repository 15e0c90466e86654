import { expect, test } from 'vitest';
import { consoleCatalogue } from '../../../scripts/lab/console/catalogue.ts';
import { matchLine } from '../../../scripts/lab/console/scan.ts';

/** Lines as real boots printed them, for every pattern. */
const realLines: Readonly<Record<string, readonly string[]>> = {
  'kernel-panic': [
    '[    2.311905] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
    '---[ end Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100 ]---',
  ],
  'no-root': ['[    2.310211] VFS: Cannot open root device "live:CDLABEL=WRONG" or unknown-block(0,0): error -6'],
  'init-died': [
    '[    3.100000] Run /init as init process failed with error -8',
    '[    1.000000] No working init found.  Try passing init= option to kernel.',
    '[  !!  ] Failed to execute /sbin/init',
    '[   72.976950] systemd[1]: Freezing execution.',
  ],
  'kernel-damaged': ['ZSTD-compressed data is corrupt', ' -- System halted'],
  'kernel-oops': [
    '[   12.402113] Oops: int3: 0000 [#1] PREEMPT SMP NOPTI',
    '[   77.120001] general protection fault, probably for non-canonical address 0xdead000000000108: 0000 [#1]',
  ],
  'kernel-bug': [
    '[   31.000123] BUG: kernel NULL pointer dereference, address: 0000000000000008',
    '[   31.000123] kernel BUG at mm/slub.c:449!',
  ],
  'kernel-warning': ['[    5.120000] WARNING: CPU: 1 PID: 213 at drivers/iommu/intel/iommu.c:1234 foo+0x12/0x30'],
  'soft-lockup': ['[  52.300123] watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [systemd-udevd:211]'],
  'rcu-stall': [
    '[   60.120000] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:',
    "[   64.120000] rcu: rcu_preempt kthread timer wakeup didn't happen for 15001 jiffies! g1225 f0x0 RCU_GP_WAIT_FQS(5)",
    '[   64.130000] rcu: rcu_preempt kthread starved for 15000 jiffies! g1225 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x402 ->cpu=1',
  ],
  'hung-task': ['[  242.661234] INFO: task kworker/u4:1:29 blocked for more than 120 seconds.'],
  'out-of-memory': [
    '[   41.020202] Out of memory: Killed process 312 (libvirtd) total-vm:1503212kB, anon-rss:24100kB',
    '[   41.010101] systemd-udevd invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0',
  ],
  'out-of-memory-panic': ['[    4.520000] Kernel panic: System is deadlocked on memory'],
  'initramfs-broken': ['[    0.621113] Initramfs unpacking failed: ZSTD-compressed data is truncated'],
  segfault: [
    '[   23.120000] virtlogd[412]: segfault at 0 ip 00007f3e1c2 sp 00007ffd error 4 in libc.so.6[7f3e1c000+155000]',
    '[   23.120000] traps: swtpm[499] trap invalid opcode ip:55d sp:7ff error:0 in swtpm[55d000+8000]',
  ],
  'core-dump': ['[   24.000000] systemd-coredump[431]: Process 412 (virtlogd) of user 0 dumped core.'],
  'disk-full': ["dd: error writing '/var/tmp/full': No space left on device"],
  'journal-broken': ['systemd-journald[201]: Failed to open system journal: Read-only file system'],
  'out-of-its-time': [
    '[   30.100000] sh[812]: E: Release file for file:/run/archive/./Release is expired (invalid since 3d 1h 2min 3s). Updates for this repository will not be applied.',
    '[   30.200000] curl[813]: curl: (60) SSL certificate problem: certificate is not yet valid',
  ],
  'access-denied': [
    'audit: type=1400 audit(1795376.123:45): apparmor="DENIED" operation="open" class="file" profile="x" name="/etc/shadow"',
    'audit: type=1400 audit(1795376.123:45): avc:  denied  { read } for  pid=612 comm="virtqemud" name="nvram"',
  ],
  'emergency-shell': [
    'You are in emergency mode. After logging in, type "journalctl -xb" to view',
    '[  OK  ] Reached target emergency.target - Emergency Mode.',
  ],
  'rescue-shell': ['[  OK  ] Reached target rescue.target - Rescue Mode.'],
  'dracut-emergency': [
    'Generating "/run/initramfs/rdsosreport.txt"',
    '[  134.120000] dracut-initqueue[312]: Warning: dracut-initqueue: starting timeout scripts',
  ],
  'initramfs-shell': ['ALERT!  LABEL=missing does not exist.  Dropping to a shell!', '(initramfs) '],
  'ordering-cycle': [
    '[    9.120000] systemd[1]: sysinit.target: Found ordering cycle on local-fs.target/start',
    '[    9.120001] systemd[1]: local-fs.target: Job libvirtd.service/start deleted to break ordering cycle starting with local-fs.target/start',
  ],
  'generator-failed': [
    '[   20.499058] (sd-exec-[571]: /usr/lib/systemd/system-generators/systemd-ssh-generator failed with exit status 1.',
  ],
  'unit-failed': [
    '[FAILED] Failed to start broken.service - A unit that fails.',
    '[   33.100000] systemd[1]: Failed to start broken.service - A unit that fails.',
  ],
  'mount-failed': [
    '[FAILED] Failed to mount data.mount - /data.',
    "[   10.000000] mount[312]: mount: /data: can't find LABEL=data.",
    '[DEPEND] Dependency failed for local-fs.target - Local File Systems.',
  ],
  'unit-file-broken': [
    "[    8.000000] systemd[1]: /etc/systemd/system/broken.service:3: Unknown key 'ExecStrat' in section [Service], ignoring.",
    '[    8.000000] systemd[1]: /usr/lib/systemd/system/x.service:9: Failed to parse boolean value, ignoring: maybe',
  ],
  'squashfs-error': ['[   12.100000] SQUASHFS error: zstd decompression failed, data probably corrupt'],
  'io-error': [
    '[   12.090000] I/O error, dev sr0, sector 81920 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 2',
    '[   12.090000] Buffer I/O error on dev sr0, logical block 20480, async page read',
  ],
  'filesystem-error': [
    '[   14.000000] EXT4-fs error (device vda2): ext4_lookup:1855: inode #2: comm systemd: iget: checksum invalid',
  ],
  'module-failed': ["[    9.700000] systemd-modules-load[231]: Failed to find module 'vfio_virqfd'"],
  'kvm-disabled': [
    '[   17.000000] kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL, disabled by bios',
    'kvm: disabled by bios',
  ],
  'acpi-firmware-bug': [
    '[    0.250000] ACPI BIOS Error (bug): Could not resolve symbol [\\_SB.PCI0], AE_NOT_FOUND (20240827/dswload2-162)',
    '[   30.000000] DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0xfffff000 [fault reason 0x06] PTE Read access is not set',
  ],
  'loader-error': [
    "error: ../../grub-core/fs/fshelp.c:257:file `/boot/absent' not found.",
    "error: file `/boot/vmlinuz' not found.",
    'error: no such device: PHYLLOME.',
    'grub rescue>',
    'No bootable device.',
  ],
};

/** Lines of good boots that look like trouble and are none. */
const harmlessLines = [
  '[    0.000000] Command line: BOOT_IMAGE=/boot/vmlinuz root=live:CDLABEL=PHYLLOME systemd.crash_shell=0 rd.emergency=poweroff',
  '[    0.310000] RAS: Correctable Errors collector initialized.',
  '[    1.440000] Run /init as init process',
  '[    0.080000] rcu: Preemptible hierarchical RCU implementation.',
  '[    0.600000] Trying to unpack rootfs image as initramfs...',
  '[    8.100000] squashfs: version 4.0 (2009/01/31) Phillip Lougher',
  '[  OK  ] Mounted run-rootfsbase.mount - /run/rootfsbase.',
  '         Starting emergency-helper.service - Not the emergency mode...',
  '[   26.391726] kvm_amd: PMU virtualization is disabled',
  '[   25.983484] iTCO_vendor_support: vendor-support=0',
  '[  OK  ] Reached target multi-user.target - Multi-User System.',
  '[    0.500000] ACPI: Added _OSI(Module Device)',
  '[   20.492681] systemd-ssh-generator[580]: Failed to query local AF_VSOCK CID: Cannot assign requested address',
  '[    4.000000] ata2: SATA link down (SStatus 0 SControl 300)',
];

test('the catalogue has at least twenty patterns, each with its own id, an explanation and a real line', () => {
  const ids = consoleCatalogue.map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(20);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  expect(Object.keys(realLines).sort()).toEqual([...ids].sort());
  for (const { explanation } of consoleCatalogue) expect(explanation).toMatch(/^[A-Za-z].{30,}\.$/);
});

test.each(consoleCatalogue.flatMap(({ id, regex }) => (realLines[id] ?? []).map((line) => ({ id, regex, line }))))(
  '$id matches: $line',
  ({ regex, line }) => {
    expect(regex.test(line)).toBe(true);
    expect(matchLine(line)).toBeDefined();
  },
);

test.each(harmlessLines)('nothing matches: %s', (line) => {
  expect(matchLine(line)).toBeUndefined();
});
