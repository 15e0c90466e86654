import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as lock } from '../../scripts/commands/lock.ts';
import { lockText } from '../../scripts/package-lock/index.ts';
import { sampleLock } from '../package-lock/sample.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

test.each([
  ['nothing', { flavours: [] }, 'which flavour?'],
  ['a flavour beside all', { flavours: ['nano'], all: true }, '--all is every flavour'],
  ['two things at once', { flavours: ['nano'], update: true, check: true }, 'two things'],
  ['packages without --update', { flavours: ['nano'], package: ['bash'] }, '--package goes with --update'],
])('%s is no question', async (_, options, told) => {
  const { context } = recordingContext();
  await expect(lock(options, context)).rejects.toThrow(told);
});

test('a flavour without a lock has none to check or to move in part, and one that has stays as it is', async () => {
  const mine = scratchDirectory();
  const { context } = recordingContext([mine]);
  await expect(lock({ flavours: ['nano'], check: true }, context)).rejects.toThrow('nano on debian-13 has no lock');
  await expect(lock({ flavours: ['nano'], update: true, package: ['bash'] }, context)).rejects.toThrow(
    'nano on debian-13 has no lock, of which packages could move',
  );
  mkdirSync(path.join(mine, 'locks'));
  writeFileSync(path.join(mine, 'locks/nano.debian-13.lock.json'), lockText(sampleLock({ flavour: 'nano' })));
  const said: string[] = [];
  await lock({ flavours: ['nano'] }, { ...context, say: (text) => void said.push(text) });
  expect(said.join('\n')).toContain('nano on debian-13 is locked already');
});

test('packages that the lock does not have cannot move; of the tools tree, all do', async () => {
  const mine = scratchDirectory();
  const { context } = recordingContext([mine]);
  mkdirSync(path.join(mine, 'locks'));
  writeFileSync(path.join(mine, 'locks/nano.debian-13.lock.json'), lockText(sampleLock({ flavour: 'nano' })));
  const moving = lock({ flavours: ['nano'], update: true, package: ['htop', 'xorriso'] }, context);
  await expect(moving).rejects.toThrow(/no package htop; .*no package xorriso/);
});

test('a base of RPM packages is told as one that no lock is made for', async () => {
  const { context } = recordingContext();
  await expect(lock({ flavours: ['nano'], base: 'fedora-44' }, context)).rejects.toThrow('fedora-44 is not locked');
});
