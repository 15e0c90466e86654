import { commentOut } from '../../edit/fix.ts';
import { packageLines } from '../../interpret/package-lines.ts';
import type { Word } from '../../syntax/words.ts';
import type { LintContext, LintRule, RuleFinding } from '../rule.ts';

export const missingCommentSign: LintRule = {
  id: 'missing-comment-sign',
  severity: 'warning',
  summary: 'Text behind a package name, an %include or an %end needs a # before it.',
  reason: 'In %packages the text becomes part of the name, and no such package exists; elsewhere it is ignored.',
  isFixable: true,
  example: '%packages\nvim the editor\n%end\n',
  *check(context) {
    for (const node of context.document.nodes) {
      if (node.kind === 'include') yield* extraWords(context, node.words.slice(2));
      if (node.kind !== 'section') continue;
      yield* extraWords(context, node.endLine?.args ?? []);
      for (const include of node.includes) yield* extraWords(context, include.words.slice(2));
      if (node.name !== '%packages') continue;
      for (const line of packageLines(context.document.source, node)) {
        // Names of groups may contain blanks.
        const blank = /^-?@/.test(line.text) ? -1 : line.text.search(/\s/);
        if (blank >= 0) yield finding(context, line.start + blank + 1, line.end, line.text.slice(0, blank));
      }
    }
  },
};

function* extraWords(context: LintContext, words: readonly Word[]): Iterable<RuleFinding> {
  const [first] = words;
  const last = words.at(-1);
  if (first !== undefined && last !== undefined) yield finding(context, first.start, last.end, undefined);
}

function finding({ document }: LintContext, start: number, end: number, name: string | undefined): RuleFinding {
  const message =
    name === undefined ? 'This text is ignored' : `This text becomes part of the name of the package ${name}`;
  const span = document.source.span(start, end);
  return { message, span, hint: 'Put # before it if it is a comment.', fix: commentOut(span) };
}
