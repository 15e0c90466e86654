import type { QmpClient } from '../machine/qmp.ts';

/** QEMU's names (QKeyCode) of the keys whose character is another than their name, on a US keyboard. */
const named: Readonly<Record<string, string>> = {
  ' ': 'spc',
  '\n': 'ret',
  '\t': 'tab',
  '-': 'minus',
  '=': 'equal',
  '[': 'bracket_left',
  ']': 'bracket_right',
  ';': 'semicolon',
  "'": 'apostrophe',
  '`': 'grave_accent',
  '\\': 'backslash',
  ',': 'comma',
  '.': 'dot',
  '/': 'slash',
};

const shifted: Readonly<Record<string, string>> = Object.fromEntries(
  [...'!@#$%^&*()_+{}:"~|<>?'].map((character, index) => [character, [..."1234567890-=[];'`\\,./"][index] ?? '']),
);

/** The keys that type a text on a US keyboard, each with the keys held while it is pressed. */
export function keysOf(text: string): string[][] {
  return [...text].map((character) => {
    const plain = shifted[character];
    if (plain !== undefined) return ['shift', named[plain] ?? plain];
    if (/[A-Z]/.test(character)) return ['shift', character.toLowerCase()];
    if (/[a-z0-9]/.test(character)) return [character];
    const name = named[character];
    if (name === undefined) throw new Error(`a US keyboard has no key for ${JSON.stringify(character)}`);
    return [name];
  });
}

/** Presses keys of the machine's own keyboard together (QEMU's names: `ctrl`, `alt`, `delete`, `ret` …). */
export async function pressTogether(qmp: Pick<QmpClient, 'execute'>, keys: readonly string[]): Promise<void> {
  await qmp.execute('send-key', { keys: keys.map((data) => ({ type: 'qcode', data })) });
}

/** Types on the machine's own keyboard, for what listens to no serial line. */
export async function typeOnKeyboard(qmp: Pick<QmpClient, 'execute'>, text: string): Promise<void> {
  for (const keys of keysOf(text)) await pressTogether(qmp, keys);
}
