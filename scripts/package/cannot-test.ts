import type { Problem } from './result.ts';

/** Nothing was tested: a name, file or option is wrong, or this computer lacks something. */
export class CannotTest extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message, hint }) => (hint === undefined ? message : `${message}. ${hint}`)).join('\n'));
    this.name = 'CannotTest';
    this.problems = problems;
  }
}
