/**
 * Writes the grammar, the releases and the value types of src/ from a commands.json: facts introspected from the
 * reference, compressed with gzip.
 *
 *     npm run generate
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { grammarFiles } from './grammar-files.ts';
import type { RawFacts } from './raw-facts.ts';

const factsPath = process.argv[2];
if (factsPath === undefined) {
  console.error('usage: generate-grammar.ts PATH/commands.json.gz');
  process.exit(2);
}
const facts = JSON.parse(gunzipSync(readFileSync(factsPath)).toString()) as RawFacts;
for (const [path, text] of Object.entries(grammarFiles(facts))) {
  writeFileSync(fileURLToPath(new URL(`../src/${path}`, import.meta.url)), text);
}
