import { type Diagnostic, ReportedError, type Span } from '../diagnostic/index.ts';
import type { Prepared } from './prepare.ts';

/**
 * Runs `work`; findings that it throws about the rendered kickstart get a second place, the flavour, component or overlay
 * file that the line was rendered from: that is the file its author can change.
 */
export function withSources<T>(prepared: Prepared, work: () => T): T {
  const amend = (error: unknown): never => {
    if (!(error instanceof ReportedError)) throw error;
    const Kind = error.constructor as new (diagnostics: readonly Diagnostic[]) => ReportedError;
    throw error.exitCode === 130
      ? error
      : new Kind(error.diagnostics.map((diagnostic) => withSource(diagnostic, prepared)));
  };
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(amend) as T) : result;
  } catch (error) {
    return amend(error);
  }
}

/** Adds the place in the sources to a finding in the rendered kickstart. */
function withSource(diagnostic: Diagnostic, prepared: Prepared): Diagnostic {
  const span = diagnostic.span;
  if (span === undefined || span.file !== prepared.kickstartFile) return diagnostic;
  const origin = sourceOf(span, prepared);
  if (origin === undefined) return diagnostic;
  return { ...diagnostic, related: [...(diagnostic.related ?? []), { message: 'rendered from here', span: origin }] };
}

function sourceOf(span: Span, prepared: Prepared): Span | undefined {
  const { lines, sources } = prepared.rendered.map;
  const [source, line] = lines[span.start.line - 1] ?? [];
  const file = source === undefined ? undefined : sources[source];
  if (file === undefined || line === undefined) return undefined;
  // The offset is unknown without the file's text; line and column are what a reader is shown.
  const position = { offset: 0, line, column: 1 };
  return { file, start: position, end: position };
}
