/** A plugin that Stryker loads: it runs the tests on the mutants that were chosen and leaves all others alone. */
import path from 'node:path';
import { type Checker, type CheckResult, CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { idOf } from './mutant.ts';

/** The name of Stryker's option that holds the ids of the chosen mutants. */
export const chosenOption = 'chosenMutants';

class ChosenOnly implements Checker {
  static inject = tokens(commonTokens.options);
  readonly #chosen: ReadonlySet<unknown>;

  constructor(options: StrykerOptions) {
    const chosen = options[chosenOption];
    this.#chosen = new Set(Array.isArray(chosen) ? chosen : []);
  }

  async init(): Promise<void> {}

  async group(mutants: Mutant[]): Promise<string[][]> {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.#answer(mutant)]));
  }

  #answer({ fileName, location, replacement }: Mutant): CheckResult {
    const file = path.relative(process.cwd(), fileName);
    if (this.#chosen.has(idOf({ file, span: location, replacement }))) return { status: CheckStatus.Passed };
    return { status: CheckStatus.CompileError, reason: 'not chosen' };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'chosen-only', ChosenOnly)];
