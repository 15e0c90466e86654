import { chmodSync, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aHostForEach, at, entries, inVolume, note, offer, put, told, update, versions } from './versioned-host.ts';

aHostForEach();

describe('phyllome-update', () => {
  test('tells what runs, as words and as a document', () => {
    expect(update(['status'])).toEqual({ status: 0, stdout: 'version 1 (runs): kept\n', stderr: '' });
    note(2, { state: 'given-up', reason: 'a "quoted" \\ reason' });
    expect(JSON.parse(update(['status', '--json']).stdout)).toEqual({
      schema: 1,
      runs: 1,
      backTo: null,
      versions: [
        { version: 1, state: 'kept', reason: '' },
        { version: 2, state: 'given-up', reason: 'a "quoted" \\ reason' },
      ],
    });
  });

  test.each([
    [['status'], { RUNS: '' }, 1, /no version of a volume of Btrfs/],
    [['status'], { USER_ID: '1000' }, 1, /wants root\n {2}Say: sudo phyllome-update status/],
    [['aply'], {}, 2, /there is no command aply/],
    [[], {}, 2, /what to do\?/],
    [['apply', '--now'], {}, 2, /apply has no --now/],
    [['rollback'], {}, 1, /no other version that was kept/],
    [['rollback', 'two'], {}, 2, /wants the number of a version/],
    [['forget', '7'], {}, 1, /there is no version 7\n {2}There are: 1/],
    [['forget', '1'], {}, 1, /version 1 runs/],
    [['apply'], { OFFER: offer, FREE: '100' }, 1, /the volume has 100 MiB left/],
  ] as const)('%j with %j is refused with %i', (args, env, status, words) => {
    const outcome = update(args, env);
    expect(outcome.status).toBe(status);
    expect(outcome.stderr).toMatch(words);
    expect(versions()).toEqual(['system-1']);
  });

  test('tells which files both sides have changed', () => {
    note(1, { state: 'kept', both: 'etc/one\netc/the other' });
    expect(update(['status']).stdout).toMatch(
      /^version 1 \(runs\): kept\nchanged by this host .*:\n {2}\/etc\/one\n {2}\/etc\/the other\n$/,
    );
  });

  test('makes a version of what the repositories offer', () => {
    const made = update(['apply'], { OFFER: `${offer}\nInst new (3 tests [all])\nRemv old [4]` });
    expect(made.stderr).toBe('');
    expect(made.stdout).toContain('  new      new 3\n  updated  probe 1 → 2\n  gone     old 4\n');
    expect([made.status, told(2, 'state'), told(2, 'from')]).toEqual([0, 'prepared', '1']);
    // The menu does not have it before everything is taken over.
    expect(entries()).toEqual(['phyllome-6.12.conf']);
    expect(update(['apply'], { OFFER: `${offer}\nInst new (3 tests [all])\nRemv old [4]` }).stdout).toMatch(
      /has these packages already/,
    );
  });

  test('leaves nothing of a version that cannot be made', () => {
    const failed = update(['apply'], { OFFER: offer, IN_VERSION: '100' });
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(/could not be installed in the copy; what runs has not changed/);
    expect(versions()).toEqual(['system-1']);
    expect(existsSync(inVolume('.phyllome/2'))).toBe(false);
  });

  test('says that there is nothing to do', () => {
    expect(update(['apply']).stdout).toBe('phyllome-update: version 1 is up to date\n');
    expect(update(['check'], { OFFER: offer })).toMatchObject({ status: 1, stdout: '  updated  probe 1 → 2\n' });
  });

  test('tells what is published of whole images, too, where the system knows of that', () => {
    put(at('bin/phyllome-releases'), '#!/bin/sh\necho "asked $*"\nexit "${PUBLISHED:-0}"\n');
    chmodSync(at('bin/phyllome-releases'), 0o755);
    expect(update(['check'])).toMatchObject({
      status: 0,
      stdout: 'phyllome-update: version 1 is up to date\nasked check\n',
    });
    expect(update(['check'], { PUBLISHED: '1' }).status).toBe(1);
    expect(update(['check'], { OFFER: offer }).status).toBe(1);
    expect(update(['history']).stdout).toBe('phyllome-update: nothing was done yet\n');
    put(at('var/lib/phyllome/releases/history'), '2026-01-02T00:00:00Z fetched\n');
    put(inVolume('.phyllome/history'), '2026-01-01T00:00:00Z kept 1\n2026-01-03T00:00:00Z kept 2\n');
    expect(update(['history']).stdout).toBe(
      '2026-01-01T00:00:00Z kept 1\n2026-01-02T00:00:00Z fetched\n2026-01-03T00:00:00Z kept 2\n',
    );
  });

  test('does not make what was given up before, unless told', () => {
    update(['apply'], { OFFER: offer });
    put(inVolume('.phyllome/2/state'), 'given-up\n');
    expect(update(['apply'], { OFFER: offer }).stderr).toMatch(/version 2 had just these packages and was given up/);
    expect(update(['apply', '--again'], { OFFER: offer }).status).toBe(0);
    expect(told(3, 'state')).toBe('prepared');
    // Of another version the same packages make another system.
    note(2, { from: '9' });
    expect(update(['apply'], { OFFER: offer }).status).toBe(0);
  });

  test('does not go back to what was never kept', () => {
    note(2, { state: 'given-up', reason: 'bad' });
    expect(update(['rollback', '2']).stderr).toMatch(/version 2 was never kept: given up: bad/);
  });
});
