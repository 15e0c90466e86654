import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { holdsSet, readFolder, writeFolder } from '../../scripts/committed-set/index.ts';
import { scratchDirectory } from '../commands/recording-context.ts';

test('a folder holds what was written last and nothing else', () => {
  const folder = path.join(scratchDirectory(), 'set');
  expect(holdsSet(folder)).toBe(false);
  expect(readFolder(folder)).toEqual(new Map());
  writeFolder(folder, {
    files: new Map([
      ['kickstarts.txt', 'old\n'],
      ['system/gone.txt', 'x\n'],
    ]),
  });
  expect(holdsSet(folder)).toBe(true);
  const files = new Map([
    ['kickstarts.txt', 'new\n'],
    ['texts/etc/motd/small.test-1', 'hello\n'],
  ]);
  writeFolder(folder, { files });
  expect(readFolder(folder)).toEqual(files);
  expect(readdirSync(folder).sort()).toEqual(['kickstarts.txt', 'system', 'texts']);
});

test('a folder of something else holds no set', () => {
  const folder = scratchDirectory();
  mkdirSync(path.join(folder, 'kickstarts.txt'));
  writeFileSync(path.join(folder, 'a.ks'), 'lang C\n');
  expect(holdsSet(folder)).toBe(false);
});
