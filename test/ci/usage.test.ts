import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';

/** Without the programs that a set-up needs: what only tells how it is used starts none. */
function run(script: string, ...args: readonly string[]) {
  return spawnSync(path.join(checkout, 'ci', script), args, {
    env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent' },
    encoding: 'utf8',
  });
}

test.each([
  ['build', '--help'],
  ['build', '-h'],
  ['build', 'headless', '--help'],
  ['test', '--help'],
])('ci/%s %s %s tells how it is used and does nothing', (script, ...args) => {
  const { status, stdout, stderr } = run(script, ...args);
  expect(stdout).toMatch(new RegExp(`^Usage: ci/${script} `));
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test.each([
  ['build', []],
  ['test', ['everything']],
] as const)('ci/%s %j is no use of it', (script, args) => {
  const { status, stdout, stderr } = run(script, ...args);
  expect(stderr).toMatch(new RegExp(`^Usage: ci/${script} `));
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
