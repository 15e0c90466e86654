import { expect, test } from 'vitest';
import { installAttended } from '../../scripts/installation/install-attended.ts';
import type { Ended } from '../../scripts/installation/machine.ts';
import { medium, simple } from './dialogs/pressed.ts';
import { FakeMachine } from './fake-machine.ts';

/** Somebody at a terminal: what whiptail answers, one after the other. A message is gone on from by itself. */
class AttendedMachine extends FakeMachine {
  readonly #answers: string[];
  readonly shown: (readonly string[])[] = [];

  constructor(answers: readonly string[], ends: Readonly<Record<string, Partial<Ended>>>) {
    super(
      {
        '/usr/lib/phyllome/installer/medium.json': JSON.stringify({ format: 1, ...medium }),
        '/run/rootfsbase/etc/group': 'sudo:x:27:\n',
        '/proc/sys/kernel/random/uuid': '00000001-0000-4000-8000-000000000000\n',
        '/run/phyllome-installer/log': 'what was done\n',
      },
      {
        lsblk: { stdout: JSON.stringify({ blockdevices: [{ name: 'vda', type: 'disk', size: 20 * 1024 ** 3 }] }) },
        openssl: { stdout: '$6$salt$0123456789abcdef./\n' },
        ...ends,
      },
    );
    this.#answers = [...answers];
  }

  override runOnTerminal(argv: readonly string[]): Ended {
    const ended = super.runOnTerminal(argv);
    if (argv[0] !== 'whiptail') return ended;
    this.shown.push(argv);
    if (argv.includes('--msgbox') || argv.includes('--infobox')) return ended;
    const answer = this.#answers.shift();
    if (answer === undefined) throw new Error(`nobody answers ${argv.join(' ')}`);
    return { ...ended, stderr: answer };
  }

  get left(): readonly string[] {
    return this.#answers;
  }
}

/** Without cards and places there are fewer questions; the one language of the system is not asked. */
const way = ['en', ...simple.slice(1, 4).map(String), 'no', 'my-host', ...simple.slice(8).map(String)];

test('after a failure the cause is shown, and the questions are there again with what was chosen', () => {
  const machine = new AttendedMachine([...way, 'again', ...way, 'poweroff'], {
    sfdisk: { status: 1, stderr: 'sfdisk: cannot open /dev/vda: Input/output error' },
  });
  expect(installAttended(machine)).toBe(6);
  expect(machine.left).toEqual([]);
  const messages = machine.shown.filter((argv) => argv.includes('--msgbox')).map((argv) => argv.join(' '));
  expect(messages.filter((text) => /failed with status 1:\n {4}sfdisk: cannot open/.test(text))).toHaveLength(2);
  const names = machine.shown.filter((argv) => argv.includes('Name')).map((argv) => argv.at(-1));
  expect(names).toEqual(['phyllome', 'my-host']);
  expect(machine.written.get('/run/phyllome-installer/log')).toContain('+ sfdisk');
  expect(machine.ran.at(-2)?.argv).toEqual(['systemctl', 'poweroff']);
  const terminal = machine.ran.map(({ argv }) => argv).filter(([name]) => name === 'stty');
  expect(terminal).toEqual([
    ['stty', '-echo'],
    ['stty', 'echo'],
  ]);
});

test('a success restarts the computer, and asks nothing more', () => {
  const machine = new AttendedMachine(way, {});
  expect(installAttended(machine)).toBe(0);
  expect(machine.left).toEqual([]);
  expect(machine.ran.map(({ argv }) => argv.join(' '))).toContain('systemctl reboot');
  expect(machine.said).toContain('Installed on vda.');
});

test('what goes on on another console is told, and the lock is left to that one', () => {
  const machine = new AttendedMachine([...way, 'shell'], { mkdir: { status: 1 } });
  expect(installAttended(machine)).toBe(6);
  expect(machine.shown.map((argv) => argv.join(' ')).join('\n')).toContain('goes on already, on another console');
  expect(machine.ran.map(({ argv }) => argv[0])).not.toContain('rmdir');
});
