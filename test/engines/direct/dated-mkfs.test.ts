import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { datedMkfs } from '../../../scripts/engines/direct/disk/dated-mkfs.ts';
import { toolsPackages } from '../../../scripts/engines/tools/index.ts';
import { scratchDirectory } from '../../commands/recording-context.ts';
import { planOf, stepsOf } from './fixtures.ts';

const words = ['LD_PRELOAD', 'NO_FAKE_STAT', 'FAKETIME', 'FAKETIME_FMT', 'FAKERANDOM_SEED'];

test('mkfs.xfs is told the time of the packages and a seed by the content, and its own arguments', () => {
  const directory = scratchDirectory();
  const programs = path.join(directory, 'programs');
  mkdirSync(programs);
  const told = words.map((word) => `$${word}`).join(' ');
  // A library that is not there is no more than a warning of the loader's.
  writeFileSync(path.join(programs, 'mkfs.xfs'), `#!/bin/sh\necho "${told}"; printf '<%s>' "$@"\n`, { mode: 0o755 });
  writeFileSync(path.join(directory, 'seed'), '01234567-89ab-8def-8123-4567deadbeef\n');
  const script = `seed=seed; ${datedMkfs}\nmkfs.xfs -L 'a label' '$x'`;
  const env = {
    PATH: `${programs}:/usr/bin:/bin`,
    TMPDIR: path.join(directory, 'tmp'),
    SOURCE_DATE_EPOCH: '1700000000',
  };
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  expect(execFileSync('sh', ['-euc', script], { cwd: directory, env, stdio: [...stdio], encoding: 'utf8' })).toBe(
    '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1 1 1700000000 %s 0x0123456789ab8def\n<-L><a label><$x>',
  );
});

test('the partitions are made that way, by the library of the tools tree', () => {
  const steps = stepsOf(planOf(['part / --fstype=xfs --size=4096', 'reqpart', 'bootloader'], ['disk-raw']), 'disk');
  expect(steps.find(({ id }) => id === 'partitions')?.argv.join(' ')).toContain(datedMkfs);
  expect(toolsPackages).toContain('libfaketime');
});
