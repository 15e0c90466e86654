import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CachedStage, type Execution, StageCache } from '../../scripts/plan/index.ts';
import { type Runner, SystemRunner } from '../../scripts/process/index.ts';

export function temporaryDirectory(): string {
  return mkdtempSync(path.join(tmpdir(), 'phyllome-test-'));
}

/** A stage that runs one shell script in its output directory `$0`. */
export function stage(id: string, script: string, more: Partial<CachedStage> = {}): CachedStage {
  return {
    id,
    title: id,
    key: { values: [], stages: [], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 0,
    steps: [{ id: 'only', title: `making ${id}`, argv: ['sh', '-euc', script, `\${${id}}`], needs: [] }],
    ...more,
  };
}

export function execution(
  directory: string,
  more: Partial<Execution> = {},
  runner: Runner = new SystemRunner(),
): Execution {
  return {
    runner,
    cache: new StageCache(directory),
    logDirectory: mkdtempSync(path.join(directory, 'logs-')),
    removeArgv: (directories) => ['rm', '-rf', '--', ...directories],
    offline: false,
    refresh: false,
    packageTotals: () => undefined,
    explain: () => undefined,
    ...more,
  };
}
