import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { typeFiles } from '../../scripts/schema-types/type-files.ts';
import { checkout } from '../render/shipped.ts';

const lines = readFileSync(path.join(checkout, '.gitattributes'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/ +/));

test('what .gitattributes names is there', () => {
  const places = lines.map(([pattern = '']) => pattern.replace(/\/?[^/]*\*.*/, ''));
  expect(places.filter((place) => !existsSync(path.join(checkout, place)))).toEqual([]);
});

test('the files that `npm run types` writes are marked as generated', () => {
  const marked = lines.filter(([, ...attributes]) => attributes.includes('linguist-generated')).map(([file]) => file);
  expect(marked).toContain('package-lock.json');
  const written = typeFiles.map(({ file }) => file);
  expect(written.length).toBeGreaterThan(0);
  expect(written.filter((file) => !marked.includes(file))).toEqual([]);
});
