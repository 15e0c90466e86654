/** Something that must never appear on the console or in the journal of a boot. */
export interface ConsolePattern {
  /** Stable identifier, kebab-case. */
  readonly id: string;
  readonly regex: RegExp;
  /** What it means and where to look, for someone who sees it for the first time. */
  readonly explanation: string;
  /** The boot cannot go on from here: waiting for more is useless. */
  readonly fatal?: true;
}

/** Every boot, whatever it tests, fails on any of these. */
export const consoleCatalogue: readonly ConsolePattern[] = [
  {
    id: 'kernel-panic',
    regex: /Kernel panic - not syncing/,
    explanation: 'The kernel gave up. The line says why: no root file system, an init that ended, or a fault.',
    fatal: true,
  },
  {
    id: 'no-root',
    regex: /VFS: (Unable to mount root fs|Cannot open root device)/,
    explanation: 'The kernel found no root file system: no initramfs was loaded, or root= is wrong.',
    fatal: true,
  },
  {
    id: 'init-died',
    regex:
      /Attempted to kill init!|Run \/\S+ as init process failed|No working init found|Failed to execute \/sbin\/init|systemd\[1\]: Freezing execution/,
    explanation: 'The first process ended or could not start: a broken initramfs or a missing /sbin/init.',
    fatal: true,
  },
  {
    id: 'kernel-damaged',
    regex: /^ *-- System halted|^(?:XZ|ZSTD|LZMA)-compressed data is corrupt/,
    explanation: 'The kernel could not unpack itself: its file is damaged or cut off.',
    fatal: true,
  },
  {
    id: 'kernel-oops',
    regex: /\bOops: |Internal error: Oops|general protection fault(?:,|:)|Unable to handle kernel|double fault: /,
    explanation:
      'The kernel crashed in one thread and goes on in an undefined state. QEMU before 8 causes this under TCG.',
  },
  {
    id: 'kernel-bug',
    regex: /\bkernel BUG at |\bBUG: /,
    explanation: 'The kernel found an inconsistency in itself (bad page state, scheduling while atomic …).',
  },
  {
    id: 'kernel-warning',
    regex: /\bWARNING: CPU: \d+ PID: \d+ at /,
    explanation:
      'The kernel found something that must not happen and printed a trace; a driver or the virtual hardware is at fault.',
  },
  {
    id: 'soft-lockup',
    regex: /watchdog: BUG: soft lockup|soft lockup - CPU#\d+ stuck/,
    explanation: 'A processor ran kernel code for more than 20 s: the host is overloaded or the accelerator is broken.',
  },
  {
    id: 'rcu-stall',
    regex:
      /rcu(?:_\w+)?: INFO: rcu\S* (?:self-)?detected (?:expedited )?stall|rcu: INFO: .*stalls on CPUs|rcu: rcu_\w+ kthread (?:timer wakeup didn't happen|starved) for \d+ jiffies/,
    explanation: 'A processor made no progress for a long time: the host is overloaded or the accelerator is broken.',
  },
  {
    id: 'hung-task',
    regex: /INFO: task \S+ blocked for more than \d+ seconds/,
    explanation: 'A process waits in the kernel, mostly for a disk that does not answer.',
  },
  {
    id: 'out-of-memory',
    regex: /Out of memory: Killed process|invoked oom-killer|oom-kill:constraint=|systemd-oomd.*Killed /,
    explanation: 'Memory ran out and a process was killed: the lab machine is too small or something leaks.',
  },
  {
    id: 'out-of-memory-panic',
    regex: /System is deadlocked on memory|Out of memory and no killable processes/,
    explanation: 'Memory ran out with nothing left to kill: the initramfs does not fit into the memory of the machine.',
    fatal: true,
  },
  {
    id: 'initramfs-broken',
    regex: /Initramfs unpacking failed|rootfs image is not initramfs/,
    explanation:
      'The initramfs is cut off, compressed in a way this kernel cannot read, or does not fit into the memory of the machine.',
  },
  {
    id: 'segfault',
    regex: /\b\S+\[\d+\]: segfault at |traps: \S+\[\d+\] (?:general protection|trap invalid opcode)/,
    explanation: 'A program crashed. The line names it; `coredumpctl` in the guest may know more.',
  },
  {
    id: 'core-dump',
    regex:
      /systemd-coredump\[\d+\]: .*\bProcess \d+ \(\S+\) .*dumped core|\bProcess \d+ \([^)]+\) of user \d+ (?:dumped core|terminated abnormally)/,
    explanation: 'A program crashed and left a core dump.',
  },
  {
    id: 'emergency-shell',
    regex:
      /You are in emergency mode|Entering emergency mode|Reached target emergency\.target|Started emergency\.service/,
    explanation: 'systemd gave up booting, mostly because a mount in /etc/fstab failed.',
    fatal: true,
  },
  {
    id: 'rescue-shell',
    regex: /You are in rescue mode|Reached target rescue\.target/,
    explanation: 'The system went to single-user mode instead of multi-user.',
    fatal: true,
  },
  {
    id: 'dracut-emergency',
    regex:
      /Generating "?\/run\/initramfs\/rdsosreport\.txt|dracut: Refusing to continue|Warning: dracut-initqueue: starting timeout scripts|dracut-initqueue: timeout, still waiting/,
    explanation: 'The initramfs did not find the root file system: root= names a wrong label, or a driver is missing.',
    fatal: true,
  },
  {
    id: 'initramfs-shell',
    regex: /^\(initramfs\) |ALERT! .* does not exist\. {1,2}Dropping to a shell!/,
    explanation: 'initramfs-tools did not find the root file system and opened a shell.',
    fatal: true,
  },
  {
    id: 'ordering-cycle',
    regex: /[Ff]ound ordering cycle|Job \S+ deleted to break ordering cycle/,
    explanation: 'Units wait for each other in a circle, so systemd dropped one of them at random.',
  },
  {
    id: 'generator-failed',
    regex:
      /\S+-generator(?:\[\d+\])? (?:failed|terminated by signal)|\/system-generators\/\S+ (?:failed|terminated by signal|exited with)/,
    explanation: 'A program that makes units at boot failed: units may be missing.',
  },
  {
    id: 'unit-failed',
    regex: /systemd\[1\]: Failed to start |\[\S*FAILED\S*\] Failed to start /,
    explanation: 'A service did not start. `systemctl status` and the journal of that unit say why.',
  },
  {
    id: 'mount-failed',
    regex:
      /Failed to mount |mount: \S+: (?:wrong fs type|unknown filesystem type|can't find)|Dependency failed for .*(?:\.mount|File Systems)/,
    explanation: 'A file system could not be mounted.',
  },
  {
    id: 'unit-file-broken',
    regex:
      /systemd\[1\]: \S+:\d+: (?:Unknown (?:key|section|lvalue)|Failed to parse|Invalid|Assignment outside of section)|Failed to load \S+, ignoring: /,
    explanation: 'systemd cannot read part of a unit file and ignores it.',
  },
  {
    id: 'squashfs-error',
    regex: /SQUASHFS error|squashfs: .*(?:corrupt|[Ii]nvalid)/,
    explanation: 'The root image is damaged or cut off, or compressed in a way this kernel cannot read.',
  },
  {
    id: 'io-error',
    regex:
      /\bI\/O error, dev \w+|blk_update_request: .*error|Buffer I\/O error on dev|critical (?:medium|target) error/,
    explanation:
      'A disk did not answer or gave bad data; from a CD, the image file is shorter than its directory says.',
  },
  {
    id: 'filesystem-error',
    regex: /(?:EXT4-fs|XFS|BTRFS|FAT-fs|overlayfs|erofs).*\b(?:error|corruption|critical)\b/i,
    explanation: 'A file system found itself damaged.',
  },
  {
    id: 'journal-broken',
    regex:
      /systemd-journald\[\d+\]: (?:Failed to (?:open|create|write|append|rotate|flush)|.*[Ww]rite error|.*corrupted or uncleanly)/,
    explanation: 'The journal cannot be written, or was damaged: what the system says about itself is lost.',
  },
  {
    id: 'disk-full',
    regex: /No space left on device|Disk quota exceeded/,
    explanation: 'A file system is full. In a live image what is written lies in memory: half of it at most.',
  },
  {
    id: 'out-of-its-time',
    regex:
      /certificate (?:is not yet valid|has expired)|CERT_(?:NOT_YET_VALID|HAS_EXPIRED)|Release file for \S+ is (?:not valid yet|expired)|Not live until|not yet valid \(/,
    explanation:
      'A certificate or a signed list was refused because of the date: the clock of the machine is wrong, or it has run out.',
  },
  {
    id: 'access-denied',
    regex: /\bapparmor="DENIED"|\bavc: {1,2}denied\b/,
    explanation: 'AppArmor or SELinux kept a program from what it wanted: its profile, or a file’s label, is wrong.',
  },
  {
    id: 'module-failed',
    regex: /systemd-modules-load\[\d+\]: (?:Failed to find module|Failed to insert module|Error running)/,
    explanation: 'A kernel module that the image asks for is missing or does not load.',
  },
  {
    id: 'kvm-disabled',
    regex: /kvm(?:_intel|_amd)?: .*(?:disabled by (?:the )?(?:bios|BIOS)|not supported by CPU)|SVM disabled/,
    explanation: 'KVM found the processor without usable virtualisation.',
  },
  {
    id: 'acpi-firmware-bug',
    regex: /ACPI BIOS Error|DMAR: \[Firmware Bug\]|DMAR:.*fault addr|AMD-Vi: Event logged/,
    explanation: 'The firmware tables are wrong or a device touched memory it may not touch.',
  },
  {
    id: 'loader-error',
    regex:
      /^error: (?:\S+\.c:\d+:)?(?:no such device|file .* not found|disk .* not found|unknown filesystem|invalid (?:magic|arch)|you need to load the kernel first|.*bad shim signature)|^grub rescue>|No bootable device|Booting .* failed/,
    explanation: 'The boot loader or the firmware did not find what to boot.',
    fatal: true,
  },
];
