import { insertAt } from '../fixes.ts';
import type { LintRule } from '../rule.ts';

const PACKAGE = 'dracut-live';

export const livemediaDracutLive: LintRule = {
  id: 'livemedia-dracut-live',
  severity: 'error',
  summary: 'A live image needs dracut-live spelled out in %packages.',
  reason: 'livemedia-creator looks for the name itself; a group that contains the package is not enough.',
  profiles: ['livemedia'],
  isFixable: true,
  example: '%packages\n@core\n%end\n',
  *check({ document, model, settings, startOfDocument, isWhole, isIncomplete }) {
    if (settings.livemediaTarget !== 'iso' || isIncomplete) return;
    if (model.packages?.packages.some(({ name }) => name === PACKAGE)) return;
    const section = document.nodes.find((node) => node.kind === 'section' && node.name === '%packages');
    const message = 'dracut-live is missing from %packages';
    if (section?.kind !== 'section') yield { message, span: startOfDocument, hint: 'Add a %packages section with it.' };
    // A section with a broken header stays without effect, whatever is added to it.
    else if (model.packages === undefined) yield { message, span: section.header.span };
    else {
      const fix = insertAt(document, section.bodyEnd, `Add ${PACKAGE}`, `${PACKAGE}\n`);
      yield { message, span: section.header.span, ...(isWhole ? { fix } : { suggestions: [fix] }) };
    }
  },
};
