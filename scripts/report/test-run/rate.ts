import type { TestRun } from '../../test-run/index.ts';

/** How often the same test passed, and what failed how often. */
export interface Rate {
  readonly runs: number;
  readonly passed: number;
  /** By the code of what was found, the most frequent first. */
  readonly failures: readonly { readonly code: string; readonly runs: number; readonly message: string }[];
  /** From power-on to no start job left, in milliseconds; of the runs that came so far. */
  readonly settledMs: readonly number[];
}

export function rateOf(runs: readonly TestRun[]): Rate {
  const failures = new Map<string, { runs: number; message: string }>();
  for (const run of runs) {
    for (const code of new Set(run.diagnostics.map((diagnostic) => diagnostic.code))) {
      const message = run.diagnostics.find((diagnostic) => diagnostic.code === code)?.message ?? '';
      failures.set(code, { runs: (failures.get(code)?.runs ?? 0) + 1, message });
    }
  }
  return {
    runs: runs.length,
    passed: runs.filter((run) => run.verdict === 'passed').length,
    failures: [...failures].map(([code, of]) => ({ code, ...of })).sort((one, other) => other.runs - one.runs),
    settledMs: runs.flatMap((run) => run.timings.settledMs ?? []),
  };
}

export function rateInWords(rate: Rate): string[] {
  const { runs, passed, failures, settledMs } = rate;
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const sorted = [...settledMs].sort((one, other) => one - other);
  const [least, most] = [sorted[0], sorted.at(-1)];
  return [
    `passed ${passed} of ${runs} times (${Math.round((100 * passed) / Math.max(runs, 1))} %)`,
    ...(least === undefined || most === undefined ? [] : [`booted in ${seconds(least)} to ${seconds(most)} s`]),
    ...failures.map(({ code, runs: times, message }) => `  ${times} of ${runs}  ${code}: ${message}`),
  ];
}
