import type { Step } from '../../../plan/index.ts';
import type { CreatorPaths } from '../creator-arguments.ts';
import type { MachineFacts } from '../machine-facts.ts';
import type { Output } from '../output.ts';

export const RUNNERS = ['host', 'mock', 'podman'] as const;

export type RunnerId = (typeof RUNNERS)[number];

/** What a runner must know of the build. */
export interface CreatorRunnerRequest {
  readonly output: Output;
  /** `44`, or `rawhide`. */
  readonly release: string;
  /** Unique on this machine while the build lasts: names containers and chroots. */
  readonly runName: string;
  /** The work directory outside: `${livemedia}` in a plan. */
  readonly work: string;
  /** `headless.ks` */
  readonly kickstartName: string;
  /** Absolute path of `ci/container`. */
  readonly containerRecipe: string;
}

/** A place where livemedia-creator can run. Each is one small file. */
export interface CreatorRunner {
  readonly id: RunnerId;
  readonly summary: string;
  /** Why it cannot work on such a machine, as whole sentences; empty when it can. */
  refuse(facts: MachineFacts, request: Pick<CreatorRunnerRequest, 'output' | 'release'>): readonly string[];
  /** Paths as livemedia-creator sees them there. */
  paths(request: CreatorRunnerRequest): CreatorPaths;
  /** Where a path of `paths` lies outside. */
  outside(request: CreatorRunnerRequest, path: string): string;
  /** Where Anaconda's own logs grow while it runs, outside; undefined where nobody can see them. */
  installerLogs(request: CreatorRunnerRequest): string | undefined;
  /** What must be done before a program can run there. */
  prepare(request: CreatorRunnerRequest): readonly Step[];
  /** Runs `argv` there. */
  inside(request: CreatorRunnerRequest, argv: readonly [string, ...string[]]): readonly [string, ...string[]];
  /** Brings logs and results to `logs/` and `result/` of the work directory, where they are not there already. */
  fetchLogs(request: CreatorRunnerRequest): readonly Step[];
  fetchResult(request: CreatorRunnerRequest): readonly Step[];
  /** Removes what may be left, whatever happened before. Safe to run twice. */
  clean(request: CreatorRunnerRequest): readonly Step[];
}
