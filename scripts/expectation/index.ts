/** What somebody expects of an image that was made elsewhere: a file, and the questions that it makes. */
export type { ExpectationFile } from './expectation-file.ts';
export { type Expectation, loadExpectation } from './load-expectation.ts';
export type { ForeignContext, NamedCheck, Question } from './question.ts';
export { questionsOf } from './questions.ts';
export { startingExpectation } from './starting-expectation.ts';
export { takeStep } from './step-questions.ts';
