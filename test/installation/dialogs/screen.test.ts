import { expect, test } from 'vitest';
import { cut, whiptailScreen } from '../../../scripts/installation/dialogs/screen.ts';
import type { Ended } from '../../../scripts/installation/machine.ts';
import { FakeMachine } from '../fake-machine.ts';

function screenWith(ended: Partial<Ended>) {
  const machine = new FakeMachine({}, { whiptail: ended });
  return { machine, screen: whiptailScreen(machine, 'Phyllome OS') };
}

test.each([
  ['a choice', { status: 0, stderr: 'vda' }, { kind: 'answer', value: 'vda' }],
  ['the button Back', { status: 1 }, { kind: 'back' }],
  ['Esc', { status: 255 }, { kind: 'back' }],
  ['a signal', { status: 130 }, { kind: 'stop' }],
])('%s is what whiptail ends with', (_, ended, reply) => {
  expect(screenWith(ended).screen.menu('Disk', 'Which?', [['vda', 'one']])).toEqual(reply);
});

test('a terminal that whiptail cannot draw on, and whiptail missing, are no Esc', () => {
  expect(() => screenWith({ status: 255, stderr: 'TERM is not set' }).screen.line('x', 'y')).toThrow('TERM is not set');
  expect(() => screenWith({ status: 127 }).screen.line('x', 'y')).toThrow('whiptail ended with status 127');
});

test('words that begin with a hyphen are no options, and everything fits on 80 by 24', () => {
  const { machine, screen } = screenWith({ stderr: 'vda' });
  screen.menu('Disk', '-x', [['vda', `\u2603\u001b[2J${'long '.repeat(30)}`]], { shown: true, initial: 'vda' });
  const argv = machine.ran[0]?.argv ?? [];
  const words = argv.slice(argv.indexOf('--') + 1);
  expect(words.slice(0, 5)).toEqual(['-x', '22', '76', '3', 'vda']);
  expect(words[5]).toMatch(/^\?\?\[2Jlong [ -~]*\.\.\.$/);
  expect(words[5]?.length).toBe(63);
  expect(argv).toEqual(expect.arrayContaining(['--default-item', 'vda']));
  expect(argv).not.toContain('--notags');
});

test('a secret is not shown, and is in no argument', () => {
  const { machine, screen } = screenWith({ stderr: 'secret' });
  expect(screen.secret('Password', 'Type it')).toEqual({ kind: 'answer', value: 'secret' });
  expect(machine.ran[0]?.argv).toContain('--passwordbox');
  expect(machine.ran[0]?.argv.join(' ')).not.toContain('secret');
});

test('a text that fits is left by Enter; one that is scrolled says how to go on', () => {
  const { machine, screen } = screenWith({});
  screen.tell('x', 'short\n'.repeat(10));
  screen.tell('x', 'long\n'.repeat(30));
  const [fits, scrolled] = machine.ran.map(({ argv }) => argv);
  expect(fits).not.toContain('--scrolltext');
  expect(scrolled).toContain('--scrolltext');
  expect(scrolled?.find((word) => word.includes('long'))).toMatch(/^\(Arrows scroll; Tab and Enter go on\.\)/);
});

test('yes and no are a menu of two, so that Esc is neither', () => {
  expect(screenWith({ stderr: 'no' }).screen.yes('x', 'y')).toEqual({ kind: 'answer', value: false });
  expect(screenWith({ stderr: 'yes' }).screen.yes('x', 'y')).toEqual({ kind: 'answer', value: true });
  expect(screenWith({ status: 255 }).screen.yes('x', 'y')).toEqual({ kind: 'back' });
  expect(cut('short', 10)).toBe('short');
});

test('what is done now is shown, and nobody has to press a key', () => {
  const { machine, screen } = screenWith({});
  screen.busy('Devices', 'Looking');
  expect(machine.ran.at(-1)?.argv).toEqual(expect.arrayContaining(['--title', 'Devices', '--infobox', 'Looking']));
});
