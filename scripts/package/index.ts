/** What other programs take of this project: `import { test } from 'phyllome'`. */
export { CannotTest } from './cannot-test.ts';
export type { Expectation, TestOptions } from './options.ts';
export type { CheckAnswer, MachineResult, Problem, TestResult } from './result.ts';
export { test } from './test.ts';
