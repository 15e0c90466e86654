import { expect, test, vi } from 'vitest';
import { keysOf, pressTogether, typeOnKeyboard } from '../../../scripts/lab/screen/keyboard.ts';
import { Screen } from '../../../scripts/lab/screen/screen.ts';
import { plainLine } from '../../../scripts/lab/screen/screen-text.ts';

function screenWith(text = '') {
  const write = vi.fn();
  let now = 0;
  const screen = new Screen({ write, elapsedMs: () => now++, columns: 40, rows: 5 });
  screen.feed(Buffer.from(text));
  return { screen, write };
}

test('shows what a terminal would: cursor moves, wrapping, scrolling', async () => {
  expect(await screenWith('one\r\ntwo\u001b[1;1HONE\u001b[4;3Hx').screen.text()).toBe('ONE\ntwo\n\n  x');
  expect(await screenWith('a'.repeat(45)).screen.text()).toBe(`${'a'.repeat(40)}\naaaaa`);
  expect(await screenWith('1\r\n2\r\n3\r\n4\r\n5\r\n6').screen.text()).toBe('2\n3\n4\n5\n6');
});

test('keeps colours, and a bar of blanks that has one', async () => {
  const { screen } = screenWith('\u001b[1;31mred\u001b[0m plain   \r\n\u001b[7m  \u001b[0m\r\n\u001b[44m    \u001b[0m');
  await screen.keep('now');
  expect(await screen.lines()).toEqual(screen.kept[0]?.lines);
  expect(screen.kept[0]?.lines).toEqual([
    [{ text: 'red', foreground: 1, bold: true }, { text: ' plain' }],
    [{ text: '  ', inverse: true }],
    [{ text: '    ', background: 4 }],
  ]);
});

test('remembers a screen before it is cleared, once', async () => {
  const { screen } = screenWith('menu\u001b[2Jmore\u001b[H\u001b[Jlast\u001bcmenu');
  await screen.text();
  await screen.keep('end');
  expect(screen.kept.map(({ lines }) => lines.map(plainLine).join('|').trim())).toEqual(['menu', 'more', 'last']);
});

test('waits for a text that is drawn in pieces, and says what it saw instead', async () => {
  const { screen } = screenWith('GNU GR');
  const found = screen.waitFor(/GNU GRUB\s+version/, 1000);
  screen.feed(Buffer.from('UB  '));
  screen.feed(Buffer.from('version 2.12'));
  expect(await found).toBe('GNU GRUB  version 2.12');
  await expect(screen.waitFor(/login:/, 20)).rejects.toThrow(/did not show \/login:\/ within 0 s; it shows:\nGNU GRUB/);
});

test('presses keys', () => {
  const { screen, write } = screenWith();
  screen.press('Down');
  screen.type('e');
  screen.press('Control-X');
  expect(write.mock.calls.flat().join('')).toBe('\u001b[Be\u0018');
});

test('any text of a US keyboard has its keys', () => {
  expect(keysOf('a B!"\n')).toEqual([['a'], ['spc'], ['shift', 'b'], ['shift', '1'], ['shift', 'apostrophe'], ['ret']]);
  expect(() => keysOf('é')).toThrow('no key');
});

test('keys of the machine’s keyboard go through QMP, one press after the other', async () => {
  const execute = vi.fn(async () => ({}));
  await typeOnKeyboard({ execute }, 'a!');
  await pressTogether({ execute }, ['ctrl', 'alt', 'delete']);
  const key = (data: string) => ({ type: 'qcode', data });
  expect(execute.mock.calls).toEqual([
    ['send-key', { keys: [key('a')] }],
    ['send-key', { keys: [key('shift'), key('1')] }],
    ['send-key', { keys: [key('ctrl'), key('alt'), key('delete')] }],
  ]);
});
