import type { Example } from '../../checks/examples/index.ts';

const entry = (options: string) =>
  ['kernel-install', `title Phyllome OS\nversion 6.12\noptions ${options}\nlinux /6.12/linux\n`] as const;
const wanted = { kernelArguments: ['iommu=pt', 'quiet'] };

const full = 'free 63\njournal 1\nmanager 0\nrestart 0\n';
const filled = (text: string, after = 'running\n'): Example['says'] => [
  ['fallocate', ''],
  ['echo "free', text],
  ['rm -f', ''],
  ['is-system-running', after],
];
/** A host with a full disk of which one thing is other than it must be. */
const spoilt = (when: string, text: string, fails: string): Example => ({
  of: 'full-var',
  when,
  says: filled(text),
  fails,
});

const state = (unit = 'ssh.socket active listening') => `== units\n${unit}\n== skipped\n== mounts\n/run tmpfs
== arguments\nquiet\n== listening\n00000000:0016\n== identity\n0123456789abcdef0123456789abcdef\n== journal\n8000000\n`;
const other = 'ssh.socket failed failed';
const restarted = (states: readonly string[], failed: string | readonly string[] = ''): Example['says'] => [
  ["echo '== units'", states],
  ['--failed', failed],
];
const boots = [{ id: 'settled', atMs: 33_400 }] as const;

const written = (acknowledged: number, log: string, check: ReturnType<typeof clean> = clean()): Example['says'] => [
  ['mkfs.ext4', ''],
  ['-ge 20', ''],
  ['e2fsck', check],
  ['/mnt/phyllome-lab/log', log],
  ['cat /run/phyllome-lab-writer', `${acknowledged}\n`],
];
const clean = (): string | { readonly status: number; readonly stderr: string } => 'clean, 12/16384 files\n';
const lines = (...numbers: readonly number[]) =>
  numbers.map((number) => `${String(number).padStart(8, '0')}\n`).join('');

export const changeExamples: readonly Example[] = [
  {
    of: 'kernel-update',
    when: 'the entry has each argument once',
    says: [entry('quiet iommu=pt')],
    manifest: wanted,
    passes: 'all 2 are there',
  },
  {
    of: 'kernel-update',
    when: 'one is missing',
    says: [entry('quiet')],
    manifest: wanted,
    fails: 'iommu=pt is there 0 times',
  },
  ...['root=live:CDLABEL=NANO', 'rd.live.image'].map(
    (argument): Example => ({
      of: 'kernel-update',
      when: `${argument} came along`,
      says: [entry(`quiet iommu=pt ${argument}`)],
      manifest: wanted,
      fails: `${argument} is of the live medium`,
    }),
  ),
  {
    of: 'kernel-update',
    when: 'the entry has no arguments',
    says: [['kernel-install', 'title Phyllome OS\n']],
    manifest: wanted,
    fails: 'the entry has no options',
  },
  { of: 'full-var', when: 'the host goes on', says: filled(full), passes: 'it goes on, and recovers' },
  spoilt('it was not full', full.replace('63', '64'), '/var could not be filled'),
  spoilt('nothing says how full it was', full.replace('free 63\n', ''), '/var could not be filled'),
  spoilt('the journal is deaf', full.replace('journal 1', 'journal 0'), 'the journal took no line'),
  spoilt('the manager is stuck', full.replace('manager 0', 'manager 1'), 'the system manager could not be reloaded'),
  spoilt('a service does not come back', full.replace('restart 0', 'restart 1'), 'a service could not be restarted'),
  spoilt('a unit failed', `${full}failed x.service\n`, 'failed x.service'),
  {
    of: 'full-var',
    when: 'it does not recover',
    says: filled(full, 'degraded\n'),
    fails: 'afterwards the system is degraded',
  },
  {
    of: 'one-reboot',
    when: 'the next start is like the first',
    says: restarted([state()]),
    boots,
    passes: '1 restarts, nothing changed',
  },
  {
    of: 'one-reboot',
    when: 'a unit fails at the next start',
    says: restarted([state(), state(other)], 'ssh.socket loaded failed failed SSH\n'),
    boots,
    fails: 'units failed after restart 1',
  },
  {
    of: 'one-reboot',
    when: 'something else runs then',
    says: restarted([state(), state('ssh.service active running')]),
    boots,
    fails: 'after restart 1: unit is gone: ssh.socket active listening',
  },
  {
    of: '10-reboots',
    when: 'all ten are like the first',
    says: restarted([state()]),
    boots,
    passes: '10 restarts, nothing changed',
  },
  {
    of: '10-reboots',
    when: 'the last one is not',
    says: restarted([...Array.from({ length: 10 }, () => state()), state('ssh.service active running')]),
    boots,
    fails: 'after restart 10: unit is gone: ssh.socket active listening',
  },
  {
    of: '10-reboots',
    when: 'a unit fails at the third',
    says: restarted([state()], ['', '', 'a.service loaded failed failed A\n']),
    boots,
    fails: 'units failed after restart 3',
  },
  {
    of: 'power-cut-during-writes',
    when: 'every synced line is there, and one that was not synced',
    says: written(2, lines(1, 2, 3)),
    passes: '2 lines had been synced, 3 are there',
  },
  {
    of: 'power-cut-during-writes',
    when: 'just the synced lines are there, and one that was cut off',
    says: written(2, `${lines(1, 2)}0000`),
    passes: '2 lines had been synced, 2 are there',
  },
  {
    of: 'power-cut-during-writes',
    when: 'a synced line is lost',
    says: written(3, lines(1, 2)),
    fails: '3 lines had been synced, 2 are there',
  },
  {
    of: 'power-cut-during-writes',
    when: 'a line in the middle is lost',
    says: written(2, lines(1, 3, 4)),
    fails: '2 lines had been synced, 0 are there',
  },
  {
    of: 'power-cut-during-writes',
    when: 'the file system is damaged',
    says: written(2, lines(1, 2), { status: 4, stderr: 'Inode 12 is damaged\n' }),
    fails: 'the file system is not clean after the next start',
  },
  {
    of: 'power-cut-during-boot',
    when: 'no unit failed afterwards',
    says: [['--failed', '\n']],
    boots,
    passes: 'the next start was clean',
  },
  {
    of: 'power-cut-during-boot',
    when: 'a unit failed afterwards',
    says: [['--failed', 'a.service loaded failed failed A\n']],
    boots,
    fails: 'units failed at the next start',
  },
];
