import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';

/** Data, and what a program makes of it. */
const data =
  /^test\/(golden|fixtures|hardware\/dumps|kickstart-parser\/reference)\/|\/(__snapshots__|node_modules|dist)\//;
const code = /\.(ts|mjs|js|sh|css)$|\/[^.]+$/;

/** What .gitattributes says is made by a program. */
const generated = readFileSync(path.join(checkout, '.gitattributes'), 'utf8')
  .split('\n')
  .filter((line) => line.endsWith('linguist-generated'))
  .map((line) => line.split(' ')[0]);

test('no file that is written by hand has more than 300 lines', () => {
  const files = ['scripts', 'overlays', 'ci', 'test'].flatMap((folder) =>
    readdirSync(path.join(checkout, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name))),
  );
  const byHand = files.filter((file) => code.test(file) && !data.test(file) && !generated.includes(file));
  expect(byHand.length).toBeGreaterThan(900);
  // Runs by itself on computers that have nothing of this project: it cannot be parted.
  const alone = ['scripts/hardware/probe.sh'];
  const lines = (file: string) => readFileSync(path.join(checkout, file), 'utf8').split('\n').length - 1;
  expect(byHand.filter((file) => lines(file) > 300 && !alone.includes(file))).toEqual([]);
});
