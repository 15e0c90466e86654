import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkout, renderShipped, shipped } from './shipped.ts';

const HOW =
  'run `UPDATE_GOLDEN=1 npm run test:unit -- test/render/golden.test.ts`, and read the difference before you commit it';

test.each(shipped)('%s on %s is the kickstart in test/golden', (flavour, base) => {
  const file = path.join(checkout, 'test/golden', `${flavour}.${base}.ks`);
  const { kickstart } = renderShipped(flavour, base);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, kickstart);
  const golden = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(kickstart, HOW).toBe(golden);
});
