import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { grammarFiles } from '../../scripts/kickstart-parser/tools/grammar-files.ts';
import type { RawFacts } from '../../scripts/kickstart-parser/tools/raw-facts.ts';

const packed = readFileSync(new URL('reference/commands.json.gz', import.meta.url));
const facts = JSON.parse(gunzipSync(packed).toString()) as RawFacts;

test.each(Object.entries(grammarFiles(facts)))(
  '%s says what the recorded facts say (npm run generate)',
  (path, text) => {
    const committed = readFileSync(new URL(`../../scripts/kickstart-parser/src/${path}`, import.meta.url), 'utf8');
    expect(withoutLayout(committed)).toBe(withoutLayout(text));
  },
);

/** Text without what the formatter decides. */
function withoutLayout(text: string): string {
  return text.replaceAll(/[\s,|'"]/g, '');
}
