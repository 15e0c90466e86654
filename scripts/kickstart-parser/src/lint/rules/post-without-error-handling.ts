import { insertAt } from '../fixes.ts';
import type { LintRule } from '../rule.ts';

const STOPS_AT_ERRORS = /^[ \t]*set[ \t]+(?:-[a-zA-Z]*e|-o\s+errexit)/m;

export const postWithoutErrorHandling: LintRule = {
  id: 'post-without-error-handling',
  severity: 'warning',
  summary: 'A %post without --erroronfail or set -e hides its failures.',
  reason:
    'Without --erroronfail the installer goes on when the script fails; without set -e the script itself goes on.',
  isFixable: false,
  example: '%post\ndnf -y install vim\n%end\n',
  *check({ document, scripts }) {
    for (const script of scripts) {
      const { script: value, section } = script;
      if (value.section !== 'post' || value.erroronfail) continue;
      if (script.isShell && STOPS_AT_ERRORS.test(value.body)) continue;
      const fix = insertAt(document, section.header.wordsEnd, 'Add --erroronfail', ' --erroronfail');
      const message = 'A failure of this %post goes unnoticed';
      // Whoever relied on going on after a failure must decide that.
      yield { message, span: value.headerSpan, suggestions: [fix] };
    }
  },
};
