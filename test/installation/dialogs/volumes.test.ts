import { expect, test } from 'vitest';
import { afterFailure } from '../../../scripts/installation/dialogs/after-failure.ts';
import { keepLog } from '../../../scripts/installation/dialogs/keep.ts';
import { FakeMachine } from '../fake-machine.ts';
import { around, press, simple, sshKey } from './pressed.ts';
import { esc, interrupt, type Key, ScriptedScreen } from './scripted-screen.ts';

const stick = JSON.stringify({
  blockdevices: [
    {
      name: 'sdb',
      type: 'disk',
      size: 8_000_000_000,
      tran: 'usb',
      model: 'Stick',
      children: [
        { name: 'sdb1', type: 'part', size: 7_000_000_000, fstype: 'vfat', label: 'KEYS', mountpoints: [null] },
      ],
    },
    {
      name: 'sdc',
      type: 'disk',
      size: 4_000_000_000,
      tran: 'usb',
      children: [
        { name: 'sdc1', type: 'part', size: 3_000_000_000, fstype: 'vfat', mountpoints: ['/run/initramfs/live'] },
        { name: 'sdc2', type: 'part', size: 100_000_000, fstype: 'vfat', mountpoints: [null] },
      ],
    },
  ],
});
const at = '/run/phyllome-installer/stick';

/** What is found depends on where: cards, links and files of a stick are all asked of `find`. */
class MachineWithStick extends FakeMachine {
  readonly #isBroken: boolean;
  constructor(isBroken = false) {
    super(
      {
        '/root/etc/group': 'sudo:x:27:\n',
        [`${at}/keys/ada.pub`]: `${sshKey}\n`,
        '/run/phyllome-installer/log': 'error: what went wrong\n',
      },
      { openssl: { stdout: '$6$salt$hash' }, lsblk: { stdout: stick }, curl: { status: 127 } },
    );
    this.#isBroken = isBroken;
  }
  override run(argv: readonly string[], options = {}) {
    const ended = super.run(argv, options);
    if (argv[0] === 'findmnt') return { ...ended, stdout: '/dev/sdc1\n' };
    if (argv[0] === 'journalctl') return { ...ended, stdout: `journal ${argv.at(-1)}\n` };
    if (argv[0] === 'find' && argv[1] === at) return { ...ended, stdout: 'keys/ada.pub\n' };
    if (argv[0] === 'find') return { ...ended, stdout: '' };
    if (argv[0] === 'mount' && this.#isBroken) return { ...ended, status: 32, stderr: 'wrong fs type' };
    return ended;
  }
}

const surroundings = (machine: MachineWithStick) => ({ ...around(), machine });
// There is no card to have a fixed address, and no list of places.
const withoutNetwork = [...simple.slice(0, 6), 'ada'];
const mounts = (machine: FakeMachine) =>
  machine.ran.map(({ argv }) => argv.join(' ')).filter((line) => /^u?mount /.test(line));

test('a key is read from a file on a stick, which is closed again', () => {
  const machine = new MachineWithStick();
  const keys = [...withoutNetwork, 'key', 'volume', 'again', 'sdb1', 'keys/ada.pub', 'install', 'vda'];
  const { lines, screen } = press(keys, surroundings(machine));
  expect(lines).toContain(`sshkey --username=ada "${sshKey}"`);
  expect(mounts(machine)).toEqual([`mount -o ro,nosuid,nodev,noexec -- /dev/sdb1 ${at}`, `umount ${at}`]);
  expect(screen.shown.flatMap(({ items }) => items)).toContain('sdb1 6.5 GiB vfat "KEYS" on usb Stick');
});

test('answers are kept on a stick with the password as a hash and without the passphrase', () => {
  const machine = new MachineWithStick();
  const secret = 'open sesame';
  const keys = [
    ...simple.slice(0, 4),
    ...[true, secret, secret, false, 'my-host', 'ada', 'password', 'correct horse', 'correct horse'],
    ...['keep', 'sdb1', 'install', 'vda'],
  ];
  const { asked } = press(keys, surroundings(machine));
  const kept = machine.written.get(`${at}/phyllome-answers.ks`) ?? '';
  expect(kept).toContain(
    '# The passphrase is not kept: add --passphrase=... to the next line.\nautopart --type=plain --fstype=ext4 --encrypted\n',
  );
  expect(kept).toContain('--iscrypted "--password=$6$salt$hash"');
  expect(kept).not.toMatch(/sesame|horse/);
  expect(asked.kind === 'install' && asked.answers).toContain('"--passphrase=open sesame"');
  expect(mounts(machine)).toEqual([`mount -o rw,nosuid,nodev,noexec -- /dev/sdb1 ${at}`, `umount ${at}`]);
});

test('a stick that cannot be opened is told, and another can be chosen', () => {
  const machine = new MachineWithStick(true);
  const { screen, asked } = press([...withoutNetwork, 'key', 'volume', 'sdb1', interrupt], surroundings(machine));
  expect(asked).toEqual({ kind: 'leave', to: 'shell' });
  expect(screen.shown.map(({ text }) => text)).toContain('sdb1 cannot be opened: wrong fs type');
  expect(mounts(machine)).toEqual([`mount -o ro,nosuid,nodev,noexec -- /dev/sdb1 ${at}`]);
});

const trouble = ['error: Copying the system failed with status 1:', '    cp: I/O error', 'The disk is not finished'];
const after = (machine: FakeMachine, ...keys: readonly Key[]) => {
  const screen = new ScriptedScreen(keys);
  const next = afterFailure(screen, machine, trouble);
  expect(screen.left).toEqual([]);
  return { screen, next };
};

test('after a failure the cause is shown, and the log kept on a stick, before anything else is done', () => {
  const machine = new MachineWithStick();
  const { screen, next } = after(machine, 'log', 'sdb1', 'again');
  expect(next).toBe('again');
  expect(screen.shown[0]).toMatchObject({ kind: 'tell', text: trouble.join('\n') });
  const kept = machine.written.get(`${at}/phyllome-install.log`);
  expect(kept).toBe(
    'error: what went wrong\n--- the installer\njournal --unit=phyllome-installer*\n--- the kernel, from warnings on\njournal --priority=warning\n',
  );
  expect(mounts(machine)).toEqual([`mount -o rw,nosuid,nodev,noexec -- /dev/sdb1 ${at}`, `umount ${at}`]);
});

test('a medium whose files were copied to a volume takes the log, and nothing else on it does', () => {
  const machine = new MachineWithStick();
  const { screen } = after(machine, 'log', 'sdc1', 'poweroff');
  expect(machine.written.has('/run/initramfs/live/phyllome-install.log')).toBe(true);
  expect(mounts(machine)).toEqual([
    'mount -o remount,rw /run/initramfs/live',
    'mount -o remount,ro /run/initramfs/live',
  ]);
  const offered = screen.shown.find(({ title, kind }) => title === 'Keep the log' && kind === 'menu')?.items ?? [];
  expect(offered.map((item) => item.split(' ')[0])).toEqual(['sdb1', 'sdc1', 'again']);
  expect(offered).toContain('sdc1 2.8 GiB vfat on this medium');
});

test('Esc after a failure goes nowhere, a signal to a shell', () => {
  const { screen, next } = after(new MachineWithStick(), esc, 'why', 'log', esc, interrupt);
  expect(next).toBe('shell');
  expect(screen.shown.filter(({ kind }) => kind === 'tell')).toHaveLength(2);
});

test('nobody is told that a file is written before its stick is closed, or when it could not be', () => {
  const machine = new MachineWithStick();
  const screen = new ScriptedScreen(['sdb1', 'sdb1']);
  const told: [string, string | undefined][] = [];
  screen.tell = (_title, text) => {
    told.push([text, mounts(machine).at(-1)]);
    return { kind: 'answer', value: true };
  };
  keepLog(screen, machine);
  expect(told).toEqual([['phyllome-install.log is written.', `umount ${at}`]]);
  const pulled = new (class extends MachineWithStick {
    override run(argv: readonly string[], options = {}) {
      const ended = super.run(argv, options);
      return argv[0] === 'sync' ? { ...ended, status: 1, stderr: 'Input/output error' } : ended;
    }
  })();
  told.length = 0;
  keepLog(screen, pulled);
  expect(told.map(([text]) => text)).toEqual(['It could not be written: Input/output error']);
});
