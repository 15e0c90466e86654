import type { Given, Parameters, Values } from './declaration.ts';
import { operandInWords, optionName } from './spelling.ts';

/** What was typed after a verb: operands by their place, options by their key. */
export interface GivenToVerb {
  readonly operands: readonly Given[];
  readonly options: Readonly<Record<string, Given>>;
}

/**
 * Reads what was given for each parameter.
 * @throws UsageError for the first value that its declaration does not allow
 */
export function readValues<P extends Parameters>(flags: P, given: GivenToVerb): Values<P> {
  const operands = Object.keys(flags).filter((key) => flags[key]?.operand);
  const values = Object.entries(flags).flatMap(([key, parameter]) => {
    const value = parameter.operand
      ? parameter.read(given.operands[operands.indexOf(key)], operandInWords(parameter))
      : parameter.read(given.options[key], optionName(key));
    return value === undefined ? [] : [[key, value] as const];
  });
  // The compiler cannot follow `fromEntries`; this is how `Values` is defined: each key, read by its own parameter.
  return Object.fromEntries(values) as Values<P>;
}

/** Of values that were read, those of some of their parameters. */
export function valuesOf<P extends Parameters>(flags: P, values: Readonly<Record<string, unknown>>): Values<P> {
  const own = Object.entries(values).filter(([key, value]) => key in flags && value !== undefined);
  // As above: whoever calls has read them by the same parameters.
  return Object.fromEntries(own) as Values<P>;
}
