import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { agree, mustBeAskable, ownTerminal, type Terminal } from '../../scripts/write-medium/consent.ts';

const answering = (answer: string): Terminal => ({ isThere: true, ask: () => Promise.resolve(answer) });
const signal = new AbortController().signal;
const path = '/dev/sdb';

test.each(['sdb', '/dev/sdb', ' sdb '])('`%s` agrees to lose what is on /dev/sdb', async (answer) => {
  await agree(path, { isAgreed: false, terminal: answering(answer), signal });
});

test.each(['', 'y', 'yes', 'sda', 'sdb1', 'SDB'])('`%s` does not', async (answer) => {
  await expect(agree(path, { isAgreed: false, terminal: answering(answer), signal })).rejects.toMatchObject({
    exitCode: 1,
    message: '/dev/sdb is left as it is',
  });
});

test('who has agreed by the option is not asked', async () => {
  const terminal = { isThere: true, ask: () => Promise.reject(new Error('asked')) };
  await agree(path, { isAgreed: true, terminal, signal });
  mustBeAskable(path, true, { ...terminal, isThere: false });
  mustBeAskable(path, false, terminal);
});

test('where nobody can be asked it is the command line that lacks something', () => {
  expect(() => mustBeAskable(path, false, { ...answering('sdb'), isThere: false })).toThrow(
    expect.objectContaining({
      exitCode: 2,
      diagnostics: [expect.objectContaining({ hint: 'In a script, say so: --yes /dev/sdb' })],
    }),
  );
});

/** Streams that say of themselves that they are a terminal. */
function streams(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  return {
    input,
    output,
    terminal: ownTerminal(input as unknown as NodeJS.ReadStream, output as unknown as NodeJS.WriteStream),
  };
}

test('the question is written, and one line is the answer', async () => {
  const { input, output, terminal } = streams();
  expect(terminal.isThere).toBe(true);
  const answer = terminal.ask('name? ', signal);
  input.write('sdb\nmore\n');
  expect(await answer).toBe('sdb');
  expect(String(output.read())).toBe('name? ');
  expect(streams(false).terminal.isThere).toBe(false);
});

test('an input that ends is no agreement, and Ctrl-C is an interruption', async () => {
  const { input, terminal } = streams();
  const answer = terminal.ask('name? ', signal);
  input.end();
  expect(await answer).toBe('');
  const interrupting = new AbortController();
  const asked = streams().terminal.ask('name? ', interrupting.signal);
  interrupting.abort();
  await expect(asked).rejects.toMatchObject({ exitCode: 130 });
});
