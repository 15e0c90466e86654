import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cacheDirectory, fillIn, fillStep, outputOf, type Step, writeInputTo } from '../../scripts/plan/plan.ts';
import { temporaryDirectory } from './fixtures.ts';

const directories = new Map([
  ['root-tree', '/cache/root'],
  ['cache', '/cache'],
  ['x9', '/nine'],
]);

test('the directory of a stage stands for its name, as often as it occurs', () => {
  expect(fillIn(`${outputOf('root-tree')}:${outputOf('x9')}:${outputOf('root-tree')}`, directories)).toBe(
    '/cache/root:/nine:/cache/root',
  );
  expect(fillIn(`${cacheDirectory}/locks`, directories)).toBe('/cache/locks');
});

test('what is no stage’s name is left to the shell', () => {
  for (const text of ['${unknown}', '${Root}', '${9x}', '$cache', '${cache', '${ca_che}', '${}']) {
    expect(fillIn(text, directories)).toBe(text);
  }
});

test('a filled step differs in its command only', () => {
  const step: Step = {
    id: 'do',
    title: '${cache}',
    argv: ['${x9}/bin/do', '--to', '${root-tree}/x'],
    stdin: '${cache}',
    needs: ['root'],
  };
  expect(fillStep(step, directories)).toEqual({ ...step, argv: ['/nine/bin/do', '--to', '/cache/root/x'] });
});

test('input is written to a file that all may read, in directories made for it', () => {
  const file = path.join(temporaryDirectory(), 'a/b c');
  const [program, ...rest] = writeInputTo(file);
  execFileSync(program, rest, { input: 'hello\n' });
  expect(readFileSync(file, 'utf8')).toBe('hello\n');
  expect(statSync(file).mode & 0o777).toBe(0o644);
  // The first command that fails ends it.
  expect(() => execFileSync('sh', [rest[0] ?? '', 'false; true'], { stdio: 'ignore' })).toThrow();
});
