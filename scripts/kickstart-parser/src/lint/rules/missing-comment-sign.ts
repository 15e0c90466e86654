import type { Fix } from '../../diagnostic.ts';
import { commentOut, replaceAt } from '../../edit/fix.ts';
import { type PackageLine, packageLines } from '../../interpret/package-lines.ts';
import { isProse } from '../../syntax/prose.ts';
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
      // Behind %end words never did anything, and mean nothing as a comment either.
      yield* extraWords(context, node.endLine?.args ?? [], true);
      for (const include of node.includes) yield* extraWords(context, include.words.slice(2));
      if (node.name !== '%packages') continue;
      for (const line of packageLines(context.document.source, node)) {
        // Names of groups may contain blanks.
        const blank = /^-?@/.test(line.text) ? -1 : line.text.search(/\s/);
        if (blank < 0) continue;
        const name = line.text.slice(0, blank);
        yield finding(context, line.start + blank + 1, line.end, {
          name,
          isSure: isProse(line.text.split(/\s+/).slice(1)),
          others: oneALine(context, line),
        });
      }
    }
  },
};

function* extraWords(context: LintContext, words: readonly Word[], isSure = false): Iterable<RuleFinding> {
  const [first] = words;
  const last = words.at(-1);
  if (first !== undefined && last !== undefined) {
    yield finding(context, first.start, last.end, { isSure: isSure || isProse(words.map(({ value }) => value)) });
  }
}

/** The words of a line as packages of their own, if all of them look like names of packages. */
function oneALine({ document }: LintContext, { text, start, end }: PackageLine): Fix[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  if (!names.every((name) => /^-?[\w*?][\w.+*?-]*$/.test(name))) return [];
  return [replaceAt(document.source.span(start, end), 'Put each package on a line of its own', names.join('\n'))];
}

interface Told {
  /** The package whose name the text becomes a part of; absent where the text is ignored. */
  readonly name?: string;
  readonly isSure?: boolean;
  readonly others?: readonly Fix[];
}

function finding(
  { document }: LintContext,
  start: number,
  end: number,
  { name, isSure = false, others = [] }: Told,
): RuleFinding {
  const message =
    name === undefined ? 'This text is ignored' : `This text becomes part of the name of the package ${name}`;
  const span = document.source.span(start, end);
  const fix = commentOut(span);
  return {
    message,
    span,
    hint: 'Put # before it if it is a comment.',
    ...(isSure ? { fix } : { suggestions: [fix, ...others] }),
  };
}
