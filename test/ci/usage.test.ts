import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scratchDirectory } from '../commands/recording-context.ts';
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
  ['check', '--help'],
  ['image', '--help'],
  ['image', 'headless', '--base', 'debian-13', '--help'],
  ['release', '--help'],
  ['release', 'headless', '--into', 'x', '-h'],
  ['publish', '--help'],
])('ci/%s %s %s tells how it is used and does nothing', (script, ...args) => {
  const { status, stdout, stderr } = run(script, ...args);
  expect(stdout).toMatch(new RegExp(`^Usage: ci/${script} `));
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test.each([
  ['build', []],
  ['build', ['--base', 'debian-13', 'headless']],
  ['build', ['headless', '--base']],
  ['test', ['everything']],
  ['check', ['--format', 'xml']],
  ['check', ['--reports']],
  ['check', ['nano']],
  ['image', []],
  ['image', ['--base', 'debian-13']],
  ['image', ['nano', '--base']],
  ['image', ['nano', '--unknown', 'x']],
  ['release', []],
  ['release', ['nano']],
  ['release', ['nano', '--into']],
  ['publish', ['v1']],
  ['publish', ['v1', '/nonexistent']],
] as const)('ci/%s %j is no use of it', (script, args) => {
  const { status, stdout, stderr } = run(script, ...args);
  expect(stderr).toMatch(new RegExp(`^Usage: ci/${script} `));
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

/** What `ci/build` starts of the program, where set-up and program only tell that they were started. */
function startedBy(...args: readonly string[]): string {
  const ci = path.join(scratchDirectory(), 'ci');
  mkdirSync(ci);
  copyFileSync(path.join(checkout, 'ci/build'), path.join(ci, 'build'));
  for (const name of ['setup', 'phyllome']) {
    writeFileSync(path.join(ci, name), `#!/bin/sh\necho ${name} "$@"\n`, { mode: 0o755 });
  }
  return spawnSync(path.join(ci, 'build'), args, { encoding: 'utf8' }).stdout;
}

test.each([
  [['mine', '--dir', 'my dir', '--base=debian-13', '--output', 'pxe'], 'test mine --dir my dir --base=debian-13\n'],
  [['mine', '--hardware', 'lab'], 'test mine --hardware lab\n'],
  [['mine', '--dry-run'], ''],
])('ci/build %j tests what it built', (args, tested) => {
  expect(startedBy(...args)).toBe(
    `setup\nphyllome build ${args.join(' ')}\n${tested === '' ? '' : `phyllome ${tested}`}`,
  );
});
