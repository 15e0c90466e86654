import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { passwordPrompt } from '../../scripts/signing/index.ts';

/** A terminal at which these bytes are typed. */
function terminal(isTTY = true) {
  const modes: boolean[] = [];
  const shown: string[] = [];
  const input = Object.assign(new EventEmitter(), {
    isTTY,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
    pause: () => {},
    resume: () => {},
  });
  const output = { isTTY: true, write: (text: string) => shown.push(text) };
  const ask = passwordPrompt(input, output);
  const type = async (...pieces: readonly string[]) => {
    const answer = ask?.('Password: ');
    for (const piece of pieces) input.emit('data', Buffer.from(piece));
    return (await answer)?.toString();
  };
  return { ask, type, input, modes, shown };
}

test('a password is read until Enter and never shown; what was erased is not in it', async () => {
  const { type, modes, shown, input } = terminal();
  await expect(type('sec', 'reé\x7f\x7ft\r')).resolves.toBe('secrt');
  expect(shown).toEqual(['Password: ', '\n']);
  expect(modes).toEqual([true, false]);
  expect([input.listenerCount('data'), input.listenerCount('end')]).toEqual([0, 0]);
});

test('Ctrl-C interrupts, Ctrl-D gives up, and the terminal is as before', async () => {
  const { type, modes } = terminal();
  await expect(type('sec\x03')).rejects.toMatchObject({ exitCode: 130 });
  await expect(type('\x04')).rejects.toThrow('no password was typed');
  expect(modes).toEqual([true, false, true, false]);
});

test('without a terminal nobody is asked', () => {
  expect(terminal(false).ask).toBeUndefined();
});
