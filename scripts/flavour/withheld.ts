import type { Diagnostic, Span } from '../diagnostic/index.ts';
import type { ResolvedFlavour } from './model.ts';

/** What secret files hold, by the name that diagnostics have for each; bytes that are no text hold nothing that could be quoted. */
export type Secrets = ReadonlyMap<string, string>;

/** The secret files of a flavour. */
export function secretsOf({ files }: Pick<ResolvedFlavour, 'files'>): Secrets {
  return new Map(
    files.flatMap(({ secret, source, content }) =>
      secret === true ? [[source, 'text' in content ? content.text : ''] as const] : [],
    ),
  );
}

/**
 * The same findings without anything that a secret file holds: the line that one is about is not shown, words of the file that its
 * message quotes are blotted out, and edits, which repeat the line, are left out.
 */
export function withheld(diagnostics: readonly Diagnostic[], secrets: Secrets): readonly Diagnostic[] {
  return secrets.size === 0 ? diagnostics : diagnostics.map((diagnostic) => withheldFrom(diagnostic, secrets));
}

/** The same of one finding. */
export function withheldFrom(diagnostic: Diagnostic, secrets: Secrets): Diagnostic {
  const { span, related = [] } = diagnostic;
  const places = [...(span ? [span] : []), ...related.map((other) => other.span)];
  const texts = places.flatMap(({ file }) => secrets.get(file) ?? []);
  if (texts.length === 0) return diagnostic;
  const { fix: _repeatsIt, suggestions: _alsoDo, hint, ...rest } = diagnostic;
  return {
    ...rest,
    message: blotted(rest.message, texts),
    ...(span && { span: hide(span, secrets) }),
    ...(diagnostic.related && {
      related: related.map((other) => ({ message: blotted(other.message, texts), span: hide(other.span, secrets) })),
    }),
    ...(hint !== undefined && { hint: blotted(hint, texts) }),
  };
}

const hide = (span: Span, secrets: Secrets): Span => (secrets.has(span.file) ? { ...span, withheld: true } : span);

/** Messages quote a whole line, or a word between marks. */
function blotted(message: string, texts: readonly string[]): string {
  const dots = (text: string) => '•'.repeat(text.length);
  const lines = texts.flatMap((text) => text.split('\n').map((line) => line.trim())).filter((line) => line.length > 2);
  const longestFirst = lines.toSorted((one, other) => other.length - one.length);
  const withoutLines = longestFirst.reduce((said, line) => said.replaceAll(line, dots(line)), message);
  return withoutLines.replace(/([`"'“])([^`"'“”]+)(?=[`"'”])/g, (found, mark: string, word: string) =>
    texts.some((text) => text.includes(word)) ? `${mark}${dots(word)}` : found,
  );
}
