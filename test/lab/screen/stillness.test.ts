import { expect, test } from 'vitest';
import { Stillness } from '../../../scripts/lab/screen/stillness.ts';

/** How still it is after these looks, a second apart. */
function after(...looks: readonly (string | [string])[]): number {
  const stillness = new Stillness();
  for (const [index, look] of looks.entries()) {
    const [shown] = look;
    stillness.look(index * 1000, shown ?? '', typeof look !== 'string');
  }
  return stillness.stillMs((looks.length - 1) * 1000);
}

test.each([
  ['one picture', after('a', 'a', 'a', 'a'), 3000],
  ['a cursor that blinks', after('a', 'b', 'a', 'b', 'a'), 3000],
  ['a countdown', after('5', '4', '3', '2', '1'), 0],
  ['a new picture', after('a', 'a', 'b', 'b'), 1000],
  ['a disk that is read', after('a', 'a', ['a'], 'a'), 1000],
])('%s', (_, stillMs, expected) => {
  expect(stillMs).toBe(expected);
});

test('a key that was pressed starts it anew', () => {
  const stillness = new Stillness();
  stillness.look(0, 'a', false);
  stillness.disturb(5000);
  stillness.look(6000, 'a', false);
  expect(stillness.stillMs(6000)).toBe(1000);
});
