import { flag, list, operands, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import { offline } from '../engines/engine/index.ts';
import { baseAndHardware, flavour, refuseOfflineRefresh } from './common-flags.ts';

export const name = 'lock';
export const help = {
  summary: 'write down the exact packages of a flavour, for `build --locked`',
  more: '`--update` moves a lock on and tells first what that changes, `--check` tells what has security updates waiting',
};
export const flags = {
  flavours: operands(flavour, 'see `phyllome list`; with --update and --check all that have a lock when absent'),
  ...baseAndHardware,
  all: flag('every flavour; with --update and --check every one that has a lock'),
  update: flag('resolve anew what is locked, tell the difference, and write it'),
  package: list(text('package'), 'with --update: move these only, and what they need'),
  check: flag('write nothing: tell whether locks fit their flavours, and which security updates are waiting'),
  offline,
  refresh: flag('fetch package indexes although they are less than a day old'),
};
export const startsPrograms = true;

/** Makes locks, moves them on, or looks at them. Exit code 1 when a lock does not fit, or a security update is waiting. */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { flavours: names, update, check, all, package: packages = [], ...more } = options;
  refuseOfflineRefresh(options);
  if (update === true && check === true) throw usage('--update and --check are two things');
  if (packages.length > 0 && update !== true) throw usage('--package goes with --update');
  if (all === true && names.length > 0) throw usage('--all is every flavour: name none beside it');
  if (names.length === 0 && all !== true && update !== true && check !== true) {
    throw usage('which flavour? name one, or say --all');
  }
  const asked = { names, all, ...more };
  const { makeLocks, updateLocks, checkLocks } = await import('../lock-flavours/index.ts');
  if (check === true) return checkLocks(asked, context);
  if (update === true) return updateLocks({ ...asked, packages }, context);
  return makeLocks(asked, context);
}

function usage(message: string): UsageError {
  return new UsageError({ code: 'usage', severity: 'error', message, hint: 'phyllome lock --help' });
}
