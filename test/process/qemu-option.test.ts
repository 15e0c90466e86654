import { expect, test } from 'vitest';
import { qemuOptionValue } from '../../scripts/process/index.ts';

test("commas in a value are doubled, and nothing else is other in QEMU's option lists", () => {
  expect(qemuOptionValue('/out/an image, with "quotes", and = in it.iso')).toBe(
    '/out/an image,, with "quotes",, and = in it.iso',
  );
});
