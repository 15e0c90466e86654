import type { KickstartModel } from 'kickstart-parser';
import { type Diagnostic, EnvironmentError } from '../../diagnostic/index.ts';
import type { MachineFacts } from './machine-facts.ts';
import { type Output, outputKinds } from './output.ts';

const gibibyte = 2 ** 30;
/** Anaconda in text mode stops to ask below 1.3 GiB or so; dnf and rpm want as much again. */
const leastMemory = 2 * gibibyte;
const advisedMemory = 4 * gibibyte;

/**
 * Compares what the build may take with what there is.
 * @returns warnings for what may go well
 * @throws EnvironmentError for what cannot
 */
export function checkMachine(
  model: KickstartModel,
  output: Output,
  facts: Pick<MachineFacts, 'freeBytes' | 'memoryBytes'>,
): readonly Diagnostic[] {
  const system = systemBytes(model);
  const findings = [
    judge('disk', facts.freeBytes, system, system * outputKinds[output].diskFactor, {
      message: (needed) => `the work directory has ${inGib(facts.freeBytes)} GiB free; ${needed}`,
      hint: 'Free some space, set PHYLLOME_CACHE to a larger disk, or make `part /` smaller.',
    }),
    judge('memory', facts.memoryBytes, leastMemory, advisedMemory, {
      message: (needed) => `this machine has ${inGib(facts.memoryBytes)} GiB of memory; ${needed}`,
      hint: 'With too little the kernel ends dnf in the middle of the installation, without a word in its log.',
    }),
  ].flat();
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new EnvironmentError(errors);
  return findings;
}

/** What the installed system may grow to: all that the kickstart's partitions hold. */
function systemBytes(model: KickstartModel): number {
  return model.commands.part.reduce((sum, { size }) => sum + (size ?? 0), 0) * 2 ** 20;
}

function judge(
  what: 'disk' | 'memory',
  has: number,
  least: number,
  advised: number,
  words: { readonly message: (needed: string) => string; readonly hint: string },
): Diagnostic[] {
  if (has >= advised) return [];
  const isError = has < least;
  return [
    {
      code: `livemedia-${what}`,
      severity: isError ? 'error' : 'warning',
      message: words.message(
        isError ? `the build needs ${inGib(least)} GiB` : `a build may need up to ${inGib(advised)} GiB`,
      ),
      hint: words.hint,
    },
  ];
}

function inGib(bytes: number): string {
  return (bytes / gibibyte).toFixed(1);
}
