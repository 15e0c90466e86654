import { type Diagnostic, ReportedError, type Span } from '../diagnostic/index.ts';
import { secretsOf, withheldFrom } from '../flavour/index.ts';
import { type LineMap, sourceSpan } from '../render/index.ts';
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
function withSource(diagnostic: Diagnostic, { flavour, kickstartFile, rendered }: Prepared): Diagnostic {
  const { span, related = [] } = diagnostic;
  if (span === undefined || span.file !== kickstartFile) return diagnostic;
  const { map } = rendered;
  const secrets = secretsOf(flavour);
  const source = sourceSpan(behindTemplate(span, map), map);
  const told = { ...diagnostic, related: [...related, { message: 'rendered from here', span: source }] };
  // The line of the kickstart is the one of the file.
  const isSecret = secrets.has(sourceSpan(span, map).file);
  return withheldFrom({ ...told, span: isSecret ? { ...span, withheld: true } : span }, secrets);
}

/** The header of a script comes from a template; its author knows the file that the lines below it come from. */
function behindTemplate(span: Span, { lines, sources }: LineMap): Span {
  const own = lines.findIndex(
    ([source], index) => index >= span.start.line - 1 && !sources[source]?.startsWith('kickstarts/templates/'),
  );
  return own < 0 ? span : { ...span, start: { ...span.start, line: own + 1 } };
}
