import { EnvironmentError } from '../../diagnostic/index.ts';
import type { MachineFacts } from './machine-facts.ts';
import type { Output } from './output.ts';
import { runners } from './runners/index.ts';
import type { CreatorRunner, RunnerId } from './runners/runner.ts';

export interface RunnerChoice {
  readonly runner: CreatorRunner;
  /** What was not taken, and why. */
  readonly rejected: readonly RejectedRunner[];
}

export interface RejectedRunner {
  readonly id: RunnerId;
  readonly reasons: readonly string[];
}

/**
 * The wanted runner, or with `auto` the first that can work. `unchecked`, for plans that are only printed: a runner that
 * cannot work here is answered all the same, the first one when none can.
 * @throws EnvironmentError with the reasons when none can work
 */
export function chooseRunner(
  wanted: RunnerId | 'auto',
  request: { readonly output: Output; readonly release: string },
  facts: MachineFacts,
  options: { readonly unchecked?: boolean } = {},
): RunnerChoice {
  const judged = judgeRunners(request, facts).filter(({ runner }) => wanted === 'auto' || runner.id === wanted);
  const fit = judged.findIndex(({ reasons }) => reasons.length === 0);
  const rejected = judged
    .filter(({ reasons }, index) => reasons.length > 0 && (fit < 0 || index < fit))
    .map(({ runner, reasons }) => ({ id: runner.id, reasons }));
  const chosen = judged[fit]?.runner ?? (options.unchecked === true ? judged[0]?.runner : undefined);
  if (chosen !== undefined) return { runner: chosen, rejected };
  throw new EnvironmentError({
    code: 'no-runner',
    severity: 'error',
    message:
      wanted === 'auto'
        ? 'livemedia-creator can run nowhere on this machine'
        : `livemedia-creator cannot run by --runner ${wanted} on this machine`,
    hint: [
      ...describeRejected(rejected),
      'On any machine `--base debian-13` builds without Fedora, and `--dry-run` prints the commands for a Fedora machine.',
    ].join('\n'),
  });
}

/** All runners in the order of `auto`, with the reasons against each. */
export function judgeRunners(
  request: { readonly output: Output; readonly release: string },
  facts: MachineFacts,
): readonly { readonly runner: CreatorRunner; readonly reasons: readonly string[] }[] {
  return runners.map((runner) => ({ runner, reasons: runner.refuse(facts, request) }));
}

/** One line for each reason: `host: this machine is Debian …, not Fedora`. */
export function describeRejected(rejected: readonly RejectedRunner[]): string[] {
  return rejected.flatMap(({ id, reasons }) => reasons.map((reason) => `${id}: ${reason}`));
}
