import { removeLine } from '../../edit/fix.ts';
import { nodeAt } from '../fixes.ts';
import type { LintRule } from '../rule.ts';

export const livemediaDisplayMode: LintRule = {
  id: 'livemedia-display-mode',
  severity: 'error',
  summary: 'livemedia-creator refuses text, cmdline and graphical.',
  reason: 'It chooses the display mode of the installer itself, and stops when the kickstart does.',
  profiles: ['livemedia'],
  isFixable: true,
  example: 'text\n',
  *check({ document, model }) {
    for (const span of model.commands.displayMode?.spans ?? []) {
      const node = nodeAt(document, span);
      yield {
        message: 'livemedia-creator refuses a kickstart that sets the display mode',
        span,
        ...(node === undefined ? {} : { fix: removeLine(node) }),
      };
    }
  },
};
