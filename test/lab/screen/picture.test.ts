import { expect, test } from 'vitest';
import { differingPart, parsePpm, plainPart } from '../../../scripts/lab/screen/picture.ts';

const ppm = (header: string, ...bytes: readonly number[]) => Buffer.concat([Buffer.from(header), Buffer.from(bytes)]);
const two = parsePpm(ppm('P6\n2 2\n255\n', 1, 2, 3, 1, 2, 3, 1, 2, 3, 9, 9, 9));

test('a picture is read byte by byte, also where the first look like blanks', () => {
  expect(two).toMatchObject({ width: 2, height: 2 });
  expect([...parsePpm(ppm('P6\n1 1\n255\n', 10, 32, 9)).rgb]).toEqual([10, 32, 9]);
});

test.each([
  ['another format', ppm('P5\n1 1\n255\n', 1)],
  ['a picture that is cut short', ppm('P6\n2 1\n255\n', 1, 2, 3)],
  ['nothing', Buffer.of()],
])('%s is refused', (_, bytes) => {
  expect(() => parsePpm(bytes)).toThrow('no whole picture');
});

test('parts of it', () => {
  expect(plainPart(two)).toBe(0.75);
  expect(differingPart(two, two)).toBe(0);
  expect(differingPart(two, { ...two, rgb: Buffer.from([1, 2, 3, 1, 2, 4, 1, 2, 3, 9, 9, 9]) })).toBe(0.25);
  expect(differingPart(two, { ...two, width: 4, height: 1 })).toBe(1);
});
