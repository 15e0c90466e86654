import type { Span } from '../../diagnostic.ts';
import { packageLines } from '../../interpret/package-lines.ts';
import type { LintRule } from '../rule.ts';

export const packageContradiction: LintRule = {
  id: 'package-contradiction',
  severity: 'warning',
  summary: 'A package is both asked for and excluded.',
  reason: 'The later line wins, which is easily not the one that was meant.',
  isFixable: false,
  example: '%packages\nvim\n-vim\n%end\n',
  *check({ document }) {
    const lines = new Map<string, Span>();
    for (const node of document.nodes) {
      if (node.kind !== 'section' || node.name !== '%packages') continue;
      for (const { text, start, end } of packageLines(document.source, node)) {
        const span = document.source.span(start, end);
        const opposite = lines.get(text.startsWith('-') ? text.slice(1) : `-${text}`);
        lines.set(text, span);
        if (opposite === undefined) continue;
        yield {
          message: `"${text}" takes back an earlier line`,
          span,
          related: [{ message: 'It is this one', span: opposite }],
        };
      }
    }
  },
};
