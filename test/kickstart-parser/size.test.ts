import { check, flatten, format, parse, print } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { largeTexts } from '../../scripts/kickstart-parser/bench/large-texts.ts';

const COUNTS: Readonly<Record<string, number>> = {
  'lines of a script': 40_000,
  commands: 20_000,
  'words on a line': 60_000,
  'options on a line': 60_000,
  packages: 12_000,
  sections: 12_000,
  'unknown section names': 12_000,
};

// The limit is for hangs, not for a busy machine. How the work grows, `growth.test.ts` counts.
test.each(Object.entries(largeTexts))('%s by the ten thousand are read', { timeout: 300_000 }, (name, text) => {
  const large = text(COUNTS[name] ?? 0);
  expect(large.length).toBeGreaterThan(100_000);
  const document = parse(large);
  expect(print(document) === large).toBe(true);
  check(document, { checkShell: false });
  format(document);
  flatten(document, { read: () => undefined, optional: true });
});
