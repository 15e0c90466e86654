import { sizeInWords } from '../../diagnostic/index.ts';
import type { Disk, Held } from '../computer/computer.ts';
import { readComputer } from '../computer/read-computer.ts';
import type { Machine } from '../machine.ts';
import { answer, back, type Item, type Reply, type Screen } from './screen.ts';
import type { Words } from './words/en.ts';

const fileSystems = ['vfat', 'exfat', 'ext2', 'ext3', 'ext4', 'xfs', 'btrfs'];
const mountPoint = '/run/phyllome-installer/stick';
/** Where dracut has the medium, and what holds it as a file. */
const ofTheMedium = ['/run/initramfs/live', '/run/initramfs/isoscan'];

/**
 * Asks for a volume that files can be on, one that is plugged in now among them, and does something in it. It is mounted for
 * the moment only, and read-only unless something is to be written. The medium is one, too, where its files were copied
 * to a volume that can be written to.
 */
export function inVolume<T>(
  screen: Screen,
  machine: Machine,
  title: string,
  mode: Mode,
  work: (directory: string) => Reply<T>,
): Reply<T> {
  for (;;) {
    const volumes = volumesOf(machine);
    const chosen = screen.menu(
      title,
      screen.words.volume.text,
      [...volumes.map((one) => itemOf(one, screen.words.volume)), ['again', screen.words.volume.again]],
      { shown: true },
    );
    if (chosen.kind !== 'answer') return chosen;
    const volume = volumes.find(({ name }) => name === chosen.value);
    if (volume === undefined) continue;
    const { close, problem = '', directory } = open(machine, volume, mode);
    if (close === undefined) {
      const told = screen.tell(title, screen.words.volume.notOpened(volume.name, problem));
      if (told.kind === 'stop') return told;
      continue;
    }
    const done = work(directory);
    const closed = machine.run(close);
    if (closed.status === 0) return done;
    const told = screen.tell(title, screen.words.volume.notClosed(volume.name, closed.stderr.trim()));
    return told.kind === 'stop' ? told : back;
  }
}

type Mode = 'ro' | 'rw';

interface Volume extends Held {
  readonly disk: Disk;
  /** Where the system that runs has it already. */
  readonly mountedAt?: string;
}

function volumesOf(machine: Machine): readonly Volume[] {
  return readComputer(machine).disks.flatMap((disk) =>
    disk.holds
      .filter(({ content }) => fileSystems.includes(content))
      .flatMap((held): Volume[] => {
        const mountedAt = held.mountPoints.find((place) => ofTheMedium.includes(place));
        if (mountedAt !== undefined) return [{ ...held, disk, mountedAt }];
        // What else is on the medium is a part of its image: written to, it would no longer be what its checksum says.
        return disk.isMedium || held.mountPoints.length > 0 ? [] : [{ ...held, disk }];
      }),
  );
}

function itemOf({ name, sizeBytes, content, label, disk, mountedAt }: Volume, words: Words['volume']): Item {
  const where = mountedAt === undefined ? [disk.bus, disk.model].filter((word) => word !== '').join(' ') : words.medium;
  return [
    name,
    [sizeInWords(sizeBytes), content, label === '' ? '' : `"${label}"`, words.on(where)].filter(Boolean).join(' '),
  ];
}

/** Where the volume's files are, and the command that leaves it as it was; or why it cannot be opened. */
function open(
  machine: Machine,
  { name, mountedAt }: Volume,
  mode: Mode,
): { readonly directory: string; readonly close?: readonly string[]; readonly problem?: string } {
  const directory = mountedAt ?? mountPoint;
  if (mountedAt === undefined) machine.run(['mkdir', '-p', directory]);
  const remount = (how: Mode) => ['mount', '-o', `remount,${how}`, directory];
  const argv =
    mountedAt === undefined
      ? ['mount', '-o', `${mode},nosuid,nodev,noexec`, '--', `/dev/${name}`, directory]
      : remount(mode);
  const { status, stderr } = machine.run(argv);
  if (status !== 0) return { directory, problem: stderr.trim() };
  return { directory, close: mountedAt === undefined ? ['umount', directory] : remount('ro') };
}

/** Asks for a file that holds public keys, and answers with its text. */
export function keyFile(screen: Screen, machine: Machine, directory: string): Reply<string> {
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
    const told = screen.tell(screen.words.key.title, screen.words.key.noFile);
    return told.kind === 'stop' ? told : back;
  }
  const chosen = screen.menu(
    screen.words.key.title,
    screen.words.key.which,
    files.map((name): Item => [name, name]),
  );
  if (chosen.kind !== 'answer') return chosen;
  return answer(machine.read(`${directory}/${chosen.value}`) ?? '');
}
