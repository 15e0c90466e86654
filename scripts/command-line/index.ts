export type { Declaration, Help, Parameter, Parameters, Values } from './declaration.ts';
export { flag, onOrOff, operand, option, optionalOperand, optionOr, options } from './parameters.ts';
export { type CommandLine, runCommandLine } from './run-command-line.ts';
export { optionName } from './spelling.ts';
export { type Completion, choice, count, inWords, text, unknownValue, type Value } from './value.ts';
export { type Surroundings, type Verbs, verb } from './verb.ts';
