import { expect, test } from 'vitest';
import { explainMove } from '../../scripts/lock-flavours/explain-move.ts';
import { CommandFailed } from '../../scripts/process/index.ts';
import { sampleLock } from '../package-lock/sample.ts';

const move = { before: sampleLock(), words: ['bash'], asked: ['bash'] };

function told(stderr: string) {
  const completed = { exitCode: 100, signal: null, stdout: '', stderr, durationMs: 1, timedOut: false };
  return explainMove(new CommandFailed({ argv: ['bwrap'] }, completed), move, 'x on debian-13')?.[0];
}

test('what apt cannot move alone is told in its words, by name', () => {
  const output = [
    'The following packages have unmet dependencies:',
    ' bash : Depends: libc6 (>= 2.99) but 2:2.41-12 is to be installed',
    'E: Unable to correct problems, you have held broken packages.',
  ].join('\n');
  expect(told(output)).toMatchObject({
    code: 'cannot-move',
    message:
      'x on debian-13: bash cannot move while the others stay, with what the repositories have now:\n  bash : Depends: libc6 (>= 2.99) but 2:2.41-12 is to be installed',
  });
});

test('a package that stays must be there to be looked at; which are not is told', () => {
  const finding = told('missing: libc6_2%3a2.41-12_amd64.deb\n');
  expect(finding?.message).toContain('nowhere to be had:\n  libc6_2%3a2.41-12_amd64.deb');
  expect(finding?.hint).toContain('--update');
  expect(told('offline: nothing is fetched\nmissing: libc6_2%3a2.41-12_amd64.deb\n')).toBeUndefined();
  expect(told('E: something else')).toBeUndefined();
});
