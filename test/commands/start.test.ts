import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';
import { scratchDirectory } from './recording-context.ts';

const program = path.join(checkout, 'ci/phyllome');

/** Runs the command line on a flavour with a slip in it; both ways to start must tell it alike. */
function findingsWith(cache: string): string {
  const mine = scratchDirectory();
  mkdirSync(path.join(mine, 'flavours'));
  writeFileSync(
    path.join(mine, 'flavours/slip.yaml'),
    'flavour: slip\nsummary: a slip\nextends: nano\nunits: [{enable: x}]\nusres: []\n',
  );
  const env = { ...process.env, PHYLLOME_CACHE: cache, NO_COLOR: '1' };
  const { status, stderr } = spawnSync(program, ['show', 'slip', '--dir', mine], { env, encoding: 'utf8' });
  expect(status).toBe(1);
  return stderr.replaceAll(mine, 'MINE');
}

test('the bundle in the cache does what the sources do', { timeout: 60_000 }, () => {
  const cache = path.join(scratchDirectory(), 'cache');
  const bundled = findingsWith(cache);
  expect(readdirSync(path.join(cache, 'cli'))).toHaveLength(1);
  expect(bundled).toContain('unknown key `usres`');
  expect(bundled).toContain('lacks `reason`');
  // No directory can be made below a file: tsx runs the sources.
  const file = path.join(scratchDirectory(), 'file');
  writeFileSync(file, '');
  expect(findingsWith(path.join(file, 'cache'))).toBe(bundled);
});

test('the bundle is made once for the same sources', { timeout: 60_000 }, () => {
  const cache = path.join(scratchDirectory(), 'cache');
  const list = () =>
    execFileSync(program, ['list'], { env: { ...process.env, PHYLLOME_CACHE: cache }, encoding: 'utf8' });
  const first = list();
  const made = readdirSync(path.join(cache, 'cli'));
  expect(list()).toBe(first);
  expect(readdirSync(path.join(cache, 'cli'))).toEqual(made);
});
