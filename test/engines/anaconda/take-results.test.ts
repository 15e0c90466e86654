import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Interrupted } from '../../../scripts/diagnostic/index.ts';
import { takeResults } from '../../../scripts/engines/anaconda/index.ts';

/** Results on one file system, and a place for them on another: they have to be copied. */
function twoFileSystems() {
  const from = mkdtempSync(path.join('/dev/shm', 'phyllome-from-'));
  const to = mkdtempSync(path.join('/var/tmp', 'phyllome-to-'));
  onTestFinished(() => {
    for (const directory of [from, to]) rmSync(directory, { recursive: true });
  });
  writeFileSync(path.join(from, 'image.iso'), 'the image');
  mkdirSync(path.join(from, 'pxe/boot'), { recursive: true });
  writeFileSync(path.join(from, 'pxe/boot/vmlinuz'), 'a kernel');
  return { from, to };
}

test.each(['near', 'on another file system'])('results %s are taken, and replace those of before', async (where) => {
  const { from, to } = twoFileSystems();
  const target = where === 'near' ? mkdtempSync(path.join(tmpdir(), 'phyllome-to-')) : to;
  writeFileSync(path.join(target, 'image.iso'), 'an older one');
  mkdirSync(path.join(target, 'pxe'));
  writeFileSync(path.join(target, 'pxe/gone'), '');
  expect([...(await takeResults(from, target))].sort()).toEqual(
    ['image.iso', 'pxe'].map((name) => path.join(target, name)),
  );
  expect(readFileSync(path.join(target, 'image.iso'), 'utf8')).toBe('the image');
  expect(readFileSync(path.join(target, 'pxe/boot/vmlinuz'), 'utf8')).toBe('a kernel');
  expect(readdirSync(path.join(target, 'pxe'))).toEqual(['boot']);
  expect(readdirSync(target).sort()).toEqual(['image.iso', 'pxe']);
  if (target !== to) rmSync(target, { recursive: true });
});

test('an interruption leaves what was there, and nothing half done', async () => {
  const { from, to } = twoFileSystems();
  writeFileSync(path.join(to, 'image.iso'), 'an older one');
  await expect(takeResults(from, to, AbortSignal.abort(new Interrupted()))).rejects.toBeInstanceOf(Interrupted);
  expect(readdirSync(to)).toEqual(['image.iso']);
  expect(readFileSync(path.join(to, 'image.iso'), 'utf8')).toBe('an older one');
});
