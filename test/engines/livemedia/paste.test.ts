import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RUNNERS } from '../../../scripts/engines/livemedia/runners/runner.ts';
import { printPlan } from '../../../scripts/plan/index.ts';
import { FakePrograms } from './fake-programs.ts';
import { creatorWords, planFor, requestFor } from './fixtures.ts';

test.each(RUNNERS)('what --dry-run prints runs as it is pasted, runner %s', async (runner) => {
  const programs = new FakePrograms('success');
  // Nothing of a path may be taken for the shell's own.
  const cache = path.join(programs.directory, "it's a $HOME; cache");
  const script = path.join(programs.directory, 'pasted');
  const elsewhere = path.join(programs.directory, 'elsewhere');
  mkdirSync(elsewhere);
  const plan = planFor({ runner });
  writeFileSync(script, printPlan(plan, cache));
  // Each line must go well by itself: a person would stop at the first that does not.
  const done = await programs.run({ argv: ['bash', '-eu', script], cwd: elsewhere });
  expect(done.exitCode).toBe(0);
  expect(readdirSync(elsewhere)).toEqual([]);

  const work = path.join(cache, 'by-hand/livemedia');
  expect(execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: `${work}/result`, encoding: 'utf8' })).toContain(
    'OK',
  );
  expect(readFileSync(path.join(work, 'nano.ks'), 'utf8')).toBe(requestFor().kickstart);
  expect(statSync(path.join(work, 'nano.ks')).mode & 0o777).toBe(0o600);
  expect(existsSync(path.join(work, 'logs/livemedia.log'))).toBe(true);
  expect(['tmp', 'private-tmp'].map((name) => existsSync(path.join(work, name)))).toEqual([false, false]);

  // livemedia-creator was given the words of the plan, whole.
  const given = programs.commands.find(([program]) => program === 'livemedia-creator')?.slice(1) ?? [];
  const inside = runner === 'mock' ? path.join(programs.record, 'chroot/phyllome') : work;
  const expected = creatorWords(plan).map((word) =>
    word.replace(/=(?:\$\{livemedia\}|\/work|\/phyllome)\//, `=${inside.replaceAll('$', '$$$$')}/`),
  );
  expect(given).toEqual(expected);

  // And once more, as somebody does whose first build failed: the result directory of the first is in nobody's way.
  await programs.run({ argv: ['bash', '-eu', script], cwd: elsewhere });
});
