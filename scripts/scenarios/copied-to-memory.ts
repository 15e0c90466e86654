import { type Check, failed, noFailedUnits, passed, reachedMultiUser } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

/** What the loop devices are of, then the entry's argument, then what was said of memory. */
const script = `losetup -nO BACK-FILE
echo "asked $(sed -n 's/.*phyllome.copy=\\([0-9]*\\).*/\\1/p' /proc/cmdline)"
echo "memory $(( $(sed -n 's/^MemTotal: *\\([0-9]*\\).*/\\1/p' /proc/meminfo) / 1024 ))"
journalctl -kb --no-pager -o cat | grep 'not copied to memory' || true`;

/** The kernel names it as the initramfs did, in whose /run it was made. */
const copyInMemory = /^(?:\/run)?\/initramfs\/squashed\.img$/;

async function stateOf(guest: Parameters<Check['run']>[0]['guest']) {
  const { stdout } = await guest.run(script);
  const lines = stdout.trim().split('\n');
  return {
    lines,
    copied: lines.some((line) => copyInMemory.test(line)),
    asked: lines.some((line) => /^asked \d+$/.test(line)),
  };
}

const runsFromCopy: Check = {
  id: 'runs-from-copy',
  title: 'the system runs from memory',
  proves:
    'The entry that copies the system to memory was started, and the image that the root file system is of is the copy.',
  async run({ guest }) {
    const { lines, copied, asked } = await stateOf(guest);
    if (!asked) return failed('another entry was started', lines);
    return copied ? passed('from the copy', lines) : failed('it runs from its medium', lines);
  },
};

const runsWithoutCopy: Check = {
  id: 'runs-without-copy',
  title: 'too little memory is told, and the system starts',
  proves:
    'On a computer with less memory than a copy takes, the same entry says how much it takes and starts the system from its medium.',
  async run({ guest }) {
    const { lines, copied, asked } = await stateOf(guest);
    if (!asked) return failed('another entry was started', lines);
    if (copied) return failed('it was copied all the same', lines);
    const told = lines.find((line) => /takes \d+ MiB .*this computer has \d+ MiB/.test(line));
    return told === undefined ? failed('nothing was said', lines) : passed(told, lines);
  },
};

/** QEMU loads kernel and initramfs with the entry's line: no key has to be pressed in a menu that waits for one second. */
export const copiedToMemory: Scenario = {
  id: 'copied-to-memory',
  title: 'the boot entry that copies the system to memory',
  proves: 'With memory for it, the second entry of the boot menu starts a system that needs its medium no longer.',
  topologies: ['copied-to-memory'],
  needs: { image: ['live-iso'] },
  checks: [reachedMultiUser, noFailedUnits, runsFromCopy],
};

export const tooLittleToCopy: Scenario = {
  id: 'too-little-to-copy',
  title: 'the same entry with too little memory',
  proves: 'The second entry of the boot menu says how much memory it takes, and starts the system from its medium.',
  topologies: ['copied-to-small-memory'],
  needs: { image: ['live-iso'] },
  checks: [reachedMultiUser, noFailedUnits, runsWithoutCopy],
};
