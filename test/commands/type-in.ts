import { runCommandLine } from '../../scripts/command-line/index.ts';
import { declarations } from '../../scripts/commands/declarations.ts';
import { groups, verbs } from '../../scripts/commands/verbs.ts';
import { version } from '../../scripts/commands/version.ts';
import type { Context } from '../../scripts/context/index.ts';

/** Does what is done when somebody types `phyllome` and these words, in a context of the test's. */
export function typeIn(argv: readonly string[], context: Context): Promise<void> {
  const surroundings = () => ({ reading: context, running: async () => context });
  return runCommandLine(argv, { verbs, groups, declarations, surroundings, version });
}
