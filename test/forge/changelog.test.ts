import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../scripts/commands/version.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';

const read = (file: string): string => readFileSync(path.join(checkout, file), 'utf8');
/** What is not released yet stands above all versions. */
const releases = [...read('.github/CHANGELOG.md').matchAll(/^## (?!Next$)(.*)$/gm)].map(([, head = '']) => head);

test('its newest version is the one that --version tells and the lock file has', async () => {
  const [newest = ''] = releases;
  const { context } = recordingContext();
  expect((await version(context)).split(' ')[0]).toBe(newest.split(' ')[0]);
  const lock = JSON.parse(read('package-lock.json')) as { readonly version: string };
  expect(lock.version).toBe(newest.split(' ')[0]);
});

test('versions go down, and so do their days', () => {
  const parts = releases.map((head) => /^(\d+)\.(\d+)\.(\d+) \((\d{4}-\d{2}-\d{2})\)$/.exec(head));
  expect(parts).not.toContain(null);
  const numbers = parts.map((match) => match?.slice(1, 4).map(Number) ?? []);
  const days = parts.map((match) => match?.[4] ?? '');
  const order = (a: readonly number[], b: readonly number[]) =>
    [0, 1, 2].map((index) => (b[index] ?? 0) - (a[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  expect(numbers).toEqual([...numbers].sort(order));
  expect(new Set(numbers.map(String)).size).toBe(numbers.length);
  expect(days).toEqual([...days].sort().reverse());
});
