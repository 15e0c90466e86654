import { sizeInWords } from '../../diagnostic/index.ts';
import { readComputer } from '../computer/read-computer.ts';
import type { Around } from './choices.ts';
import { answer, back, type Item, type Reply, type Screen } from './screen.ts';

const fileSystems = ['vfat', 'exfat', 'ext2', 'ext3', 'ext4', 'xfs', 'btrfs'];
const mountPoint = '/run/phyllome-installer/stick';

/**
 * Asks for a volume that files can be on, one that is plugged in now among them, and does something in it. It is mounted for
 * the moment only, and read-only unless something is to be written.
 */
export function inVolume<T>(
  screen: Screen,
  { machine }: Pick<Around, 'machine'>,
  title: string,
  mode: 'ro' | 'rw',
  work: (directory: string) => Reply<T>,
): Reply<T> {
  for (;;) {
    const volumes = readComputer(machine).disks.flatMap((disk) =>
      disk.holds
        .filter(
          ({ content, mountPoints }) => fileSystems.includes(content) && mountPoints.length === 0 && !disk.isMedium,
        )
        .map((held) => ({ ...held, disk })),
    );
    const items = volumes.map(({ name, sizeBytes, content, label, disk }): Item => {
      const where = [disk.bus, disk.model].filter((word) => word !== '').join(' ');
      return [
        name,
        [sizeInWords(sizeBytes), content, label === '' ? '' : `"${label}"`, `on ${where}`].filter(Boolean).join(' '),
      ];
    });
    const chosen = screen.menu(
      title,
      'On which volume? A stick may be plugged in now.',
      [...items, ['again', 'Look again']],
      {
        shown: true,
      },
    );
    if (chosen.kind !== 'answer') return chosen;
    if (chosen.value === 'again') continue;
    machine.run(['mkdir', '-p', mountPoint]);
    const mounted = machine.run([
      'mount',
      '-o',
      `${mode},nosuid,nodev,noexec`,
      '--',
      `/dev/${chosen.value}`,
      mountPoint,
    ]);
    if (mounted.status !== 0) {
      const told = screen.tell(title, `${chosen.value} cannot be opened: ${mounted.stderr.trim()}`);
      if (told.kind === 'stop') return told;
      continue;
    }
    const done = work(mountPoint);
    const closed = machine.run(['umount', mountPoint]);
    if (closed.status !== 0) throw new Error(`${chosen.value} cannot be closed: ${closed.stderr.trim()}`);
    return done;
  }
}

/** Asks for a file that holds public keys, and answers with its text. */
export function keyFile(screen: Screen, { machine }: Pick<Around, 'machine'>, directory: string): Reply<string> {
  const { stdout } = machine.run([
    'find',
    directory,
    '-xdev',
    '-maxdepth',
    '3',
    '-type',
    'f',
    '-size',
    '-64k',
    '(',
    '-name',
    '*.pub',
    '-o',
    '-name',
    '*.keys',
    '-o',
    '-name',
    'authorized_keys',
    ')',
    '-printf',
    '%P\n',
  ]);
  const files = stdout
    .split('\n')
    .filter((name) => name !== '')
    .sort();
  if (files.length === 0) {
    const told = screen.tell('SSH key', 'There is no file on it that ends in .pub or .keys, and no authorized_keys.');
    return told.kind === 'stop' ? told : back;
  }
  const chosen = screen.menu(
    'SSH key',
    'Which file?',
    files.map((name): Item => [name, name]),
  );
  if (chosen.kind !== 'answer') return chosen;
  return answer(machine.read(`${directory}/${chosen.value}`) ?? '');
}
