import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { describeMutant, type Mutant } from './mutant.ts';

/** All mutants that Stryker makes of these files (paths below the checkout), file by file. */
export async function discover(checkout: string, files: readonly string[]): Promise<Mutant[]> {
  const instrumenter = new Instrumenter(silent);
  const mutants: Mutant[] = [];
  for (const file of files) {
    const content = readFileSync(path.join(checkout, file), 'utf8');
    const found = await instrumenter.instrument([{ name: file, content, mutate: true }], everyMutator);
    mutants.push(...found.mutants.map((mutant) => describeMutant(file, content, mutant.location, mutant.replacement)));
  }
  return mutants;
}

const everyMutator = { plugins: null, excludedMutations: [], ignorers: [] };

const silent = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fatal: () => undefined,
};
