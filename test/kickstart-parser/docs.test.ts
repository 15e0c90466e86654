import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withRuleTable } from '../../scripts/kickstart-parser/tools/rule-table.ts';

test('the rule table of the README is up to date (npm run docs)', () => {
  const readme = readFileSync(
    fileURLToPath(new URL('../../scripts/kickstart-parser/README.md', import.meta.url)),
    'utf8',
  );
  expect(withRuleTable(readme)).toBe(readme);
});
