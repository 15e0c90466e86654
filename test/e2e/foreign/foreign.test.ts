import path from 'node:path';
import { expect, test } from 'vitest';
import { phyllome } from '../image/phyllome.ts';
import { foreignCases } from './images.ts';

/** `npm run test:foreign` tries all of them, every other run the light ones. */
const cases = foreignCases.filter(({ light }) => light === true || process.env.PHYLLOME_FOREIGN === 'all');

test.each(cases.map((one) => [one.name, one.firmware, one] as const))(
  '%s, by %s',
  async (_, firmware, { words, expectation }) => {
    const expected = path.join(import.meta.dirname, 'expectations', `${expectation}.yaml`);
    const outcome = await phyllome(['test', ...(await words()), '--firmware', firmware, '--expect', expected]);
    expect(outcome.stderr + outcome.stdout).toMatch(/^passed /m);
    expect(outcome.exitCode).toBe(0);
  },
);
