import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkout, renderShipped, shipped } from './shipped.ts';

const HOW = 'run `npx phyllome render --all --out test/golden`, and read the difference before you commit it';
const folder = path.join(checkout, 'test/golden');

test.each(shipped)('%s on %s is the kickstart in test/golden', (flavour, base) => {
  const file = path.join(folder, `${flavour}.${base}.ks`);
  const { kickstart } = renderShipped(flavour, base);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, kickstart);
  const golden = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(kickstart, HOW).toBe(golden);
});

test('no kickstart lies there that no flavour renders', () => {
  const rendered = shipped.map(([flavour, base]) => `${flavour}.${base}.ks`);
  expect(readdirSync(folder).filter((file) => file.endsWith('.ks') && !rendered.includes(file))).toEqual([]);
});
