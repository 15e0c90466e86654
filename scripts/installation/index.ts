/** What of the installer runs on a maintainer's computer as well. */
export { acceptedCommand } from './answers/accepted.ts';
export { computerOf } from './computer/from-dump.ts';
export { explainAnswers } from './explain-answers.ts';
