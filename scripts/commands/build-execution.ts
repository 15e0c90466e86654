import { readFileSync } from 'node:fs';
import path from 'node:path';
import { explainFailure } from '../engines/direct/index.ts';
import type { Execution, PackageTotals, StageCache } from '../plan/index.ts';
import { inNamespaces, privilegeOf } from '../process/index.ts';
import type { Context } from './context.ts';

export function executionOf(
  cache: StageCache,
  logDirectory: string,
  options: { readonly offline?: boolean; readonly refresh?: boolean },
  context: Pick<Context, 'runner' | 'signal'>,
): Execution {
  return {
    runner: context.runner,
    cache,
    logDirectory,
    removeArgv: (directories) => inNamespaces(privilegeOf(), ['rm', '-rf', '--one-file-system', '--', ...directories]),
    offline: options.offline === true,
    refresh: options.refresh === true,
    signal: context.signal,
    packageTotals,
    explain: explainFailure,
  };
}

/** Number and size of the packages in the lock file, once it is there: lines `FILE BYTES HASH`. */
function packageTotals(directories: ReadonlyMap<string, string>): PackageTotals | undefined {
  const resolved = directories.get('resolve');
  if (resolved === undefined || !directories.has('root-tree')) return undefined;
  const lines = readFileSync(path.join(resolved, 'lock'), 'utf8').trim().split('\n');
  return { count: lines.length, bytes: lines.reduce((sum, line) => sum + Number(line.split(' ')[1] ?? 0), 0) };
}
