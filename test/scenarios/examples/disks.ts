import type { Example } from '../../checks/examples/index.ts';

const ids = (name: string, ...all: readonly string[]) => all.map((id) => `${name} ${id}\n`).join('');
const twoDisks = (root: string, medium: readonly string[], other: readonly string[]) =>
  `root ${root}\n${ids('medium', ...medium)}${ids('disk0', ...other)}`;
const boots = [{ id: 'settled', atMs: 33_400 }] as const;
/** The disks after the first start and after the second. */
const starts = (first: string, second: string): Example['says'] => [['lsblk', [first, second]]];
const named = twoDisks('medium', ['a', 'b'], ['c', 'd']);

/** What the menu's first choice is by then, and what the kernel was given after the restart. */
const chosen = (choice: string, given: string): Example['says'] => [
  ['vmlinuz.old', choice],
  ['/proc/cmdline', given],
];

/** Of questions about the disks that a system runs from. */
export const diskExamples: readonly Example[] = [
  {
    of: 'old-kernel-entry',
    when: 'the second entry was started',
    says: chosen('set default=1\n', 'BOOT_IMAGE=/vmlinuz.old root=PARTUUID=a ro\n'),
    boots,
    passes: 'GRUB started it',
  },
  {
    of: 'old-kernel-entry',
    when: 'the first one was',
    says: chosen('set default=1\n', 'BOOT_IMAGE=/vmlinuz root=PARTUUID=a ro\n'),
    boots,
    fails: 'another entry was started',
  },
  {
    of: 'old-kernel-entry',
    when: 'there is no such menu',
    says: chosen('no menu\n', ''),
    boots,
    fails: 'the menu is another one: no menu',
  },
  {
    of: 'own-system',
    when: 'each is its own',
    says: starts(named, named),
    boots,
    passes: 'the root file system is on the disk that was started',
  },
  {
    of: 'own-system',
    when: 'the first start took its root from the other disk',
    says: starts(twoDisks('disk0', ['c', 'd'], ['a', 'b']), named),
    boots,
    passes: 'the root file system is on the disk that was started',
  },
  {
    of: 'own-system',
    when: 'nothing was renamed',
    says: starts(twoDisks('medium', ['a', 'b'], ['b', 'c']), named),
    boots,
    fails: 'both disks are called b',
  },
  {
    of: 'own-system',
    when: 'the second start made them alike',
    says: starts(named, twoDisks('medium', ['a'], ['a'])),
    boots,
    fails: 'both disks are called a',
  },
  {
    of: 'own-system',
    when: 'the other disk’s system runs',
    says: starts(named, twoDisks('disk0', ['a'], ['b'])),
    boots,
    fails: 'the root file system is on disk0',
  },
  {
    of: 'disk-grown',
    when: 'it has',
    says: [['stat -f', '1\n12222 11900\n']],
    passes: '11900 MiB of a partition of 12222',
  },
  {
    of: 'disk-grown',
    when: 'the partition has not',
    says: [['stat -f', '4096\n8192 8000\n']],
    fails: '4096 MiB of the disk are unused',
  },
  { of: 'disk-grown', when: 'nothing is known', says: [['stat -f', '']], fails: 'NaN MiB of the disk are unused' },
  {
    of: 'disk-grown',
    when: 'the file system stayed small',
    says: [['stat -f', '1\n12222 8000\n']],
    fails: 'the file system has 8000 MiB of a partition of 12222',
  },
];
