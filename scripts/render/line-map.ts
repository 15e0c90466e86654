import type { Diagnostic, Span } from '../diagnostic/index.ts';
import type { RenderedMap } from './rendered-set.ts';

export type LineMap = Pick<RenderedMap, 'lines' | 'sources'>;

/** A finding in the rendered kickstart, told at the line of the flavour, component or overlay file that it was rendered from. */
export function atSource(diagnostic: Diagnostic, map: LineMap): Diagnostic {
  const { span, related, fix: _ofRenderedText, suggestions: _alsoOfIt, ...rest } = diagnostic;
  if (!span) return diagnostic;
  return {
    ...rest,
    message: `line ${span.start.line} of the rendered kickstart: ${rest.message}`,
    span: sourceSpan(span, map),
    ...(related && { related: related.map(({ message, span: other }) => ({ message, span: sourceSpan(other, map) })) }),
  };
}

/** Where a line of the rendered kickstart comes from. The map knows lines, not columns: the span is that line's beginning. */
export function sourceSpan({ start }: Span, { lines, sources }: LineMap): Span {
  const [source, line] = lines[start.line - 1] ?? [0, 1];
  const beginning = { offset: 0, line, column: 1 };
  return { file: sources[source] ?? '', start: beginning, end: beginning };
}
