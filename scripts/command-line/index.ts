export { type Candidate, completionOf, completionScripts, type Named, shells } from './completion/index.ts';
export type { AllVerbs, Declaration, Help, Parameter, Parameters, Values } from './declaration.ts';
export { flag, list, onOrOff, operand, operands, option, optionalOperand, optionOr, options } from './parameters.ts';
export { descriptionOf, everywhere } from './program.ts';
export { valuesOf } from './read-values.ts';
export { type CommandLine, runCommandLine } from './run-command-line.ts';
export { optionName } from './spelling.ts';
export { choice, count, inWords, port, text, unknownValue, type Value } from './value.ts';
export { type Surroundings, type Verbs, verb } from './verb.ts';
