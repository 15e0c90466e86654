import { KICKSTART_VERSIONS, type KickstartVersion, parse, validate } from 'kickstart-parser';
import type { Diagnostic, Span } from '../diagnostic/index.ts';
import type { ResolvedBase, ResolvedFlavour } from '../flavour/index.ts';
import { canCarry } from './here-document.ts';
import type { RenderedMap } from './rendered-set.ts';

/** Reads the rendered kickstart as an installer would, and tells what it refuses at the source line that caused it. */
export function checkOutput(
  kickstart: string,
  map: Pick<RenderedMap, 'lines' | 'sources'>,
  base: ResolvedBase,
): readonly Diagnostic[] {
  const version = KICKSTART_VERSIONS.find((known) => known === base.kickstartVersion);
  if (version === undefined) return [unknownVersion(base)];
  const document = parse(kickstart, { file: 'kickstart' });
  return validate(document, version).map((diagnostic) => atSource(diagnostic, map));
}

/** Scripts stand in the kickstart as they are; a reader would take some lines for its own, and some are expanded silently. */
export function checkScripts({ post }: Pick<ResolvedFlavour, 'post'>): readonly Diagnostic[] {
  return post
    .filter(({ text }) => !canCarry(text))
    .map(({ source, at }) => ({
      code: 'script-not-carried',
      severity: 'error',
      message: `\`${source}\` holds a line that begins with a kickstart section's name, or a control character`,
      span: at,
      hint: 'put the text into an overlay file, which may hold anything, and run that',
    }));
}

function atSource(diagnostic: Diagnostic, map: Pick<RenderedMap, 'lines' | 'sources'>): Diagnostic {
  const { span, related, fix: _ofRenderedText, ...rest } = diagnostic;
  if (!span) return diagnostic;
  return {
    ...rest,
    message: `line ${span.start.line} of the rendered kickstart: ${rest.message}`,
    span: sourceSpan(span, map),
    ...(related
      ? { related: related.map(({ message, span: other }) => ({ message, span: sourceSpan(other, map) })) }
      : {}),
  };
}

/** The map knows lines, not columns: the span is the source line's beginning. */
function sourceSpan({ start }: Span, { lines, sources }: Pick<RenderedMap, 'lines' | 'sources'>): Span {
  const [source, line] = lines[start.line - 1] ?? [0, 1];
  const beginning = { offset: 0, line, column: 1 };
  return { file: sources[source] ?? '', start: beginning, end: beginning };
}

function unknownVersion(base: ResolvedBase): Diagnostic {
  const newest: KickstartVersion | undefined = KICKSTART_VERSIONS.at(-1);
  return {
    code: 'unknown-kickstart-version',
    severity: 'error',
    message: `\`${base.kickstartVersion}\` is no kickstart syntax version that is known here`,
    span: base.at,
    hint: `the newest is ${newest}`,
  };
}
