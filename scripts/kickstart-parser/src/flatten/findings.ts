import type { Diagnostic, Span } from '../diagnostic.ts';
import type { SourceText } from '../source/source-text.ts';
import type { ChainLink } from './chain-link.ts';

/** Reports an included file that is not there. */
export function unreadableFile(path: string, tried: readonly string[], chain: readonly ChainLink[]): Diagnostic {
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: `Cannot read the included file "${path}"`,
    ...place(chain),
    hint: `Looked for ${tried.join(' and ')}. A file that only exists during the installation can be made optional.`,
  };
}

/** Tells of a file that is not there yet: a %pre script names it, and so will make it. */
export function madeByPre(path: string, { span, related }: Diagnostic): Diagnostic {
  return {
    code: 'include-made-by-pre',
    severity: 'info',
    message: `"${path}" is made by %pre, and not checked`,
    ...(span === undefined ? {} : { span }),
    ...(related === undefined ? {} : { related }),
  };
}

/** Tells of a file that only the installer fetches. */
export function fetchedLater(path: string, chain: readonly ChainLink[]): Diagnostic {
  return {
    code: 'include-fetched-later',
    severity: 'info',
    message: `"${path}" is fetched by the installer, and not checked`,
    ...place(chain),
  };
}

/** Reports a file that includes itself, perhaps through others. */
export function includeLoop(path: string, chain: readonly ChainLink[]): Diagnostic {
  return {
    code: 'include-loop',
    severity: 'error',
    message: `${path} includes itself`,
    ...place(chain),
    hint: 'Remove one of the %include lines of the chain.',
  };
}

/** Reports that files are included too often or too deeply. */
export function tooManyIncludes(chain: readonly ChainLink[]): Diagnostic {
  return {
    code: 'too-many-includes',
    severity: 'error',
    message: 'Too many files are included, or too deeply',
    ...place(chain),
  };
}

/** Reports an included file that ends in the middle of a section. */
export function leftOpen(section: string, chain: readonly ChainLink[]): Diagnostic {
  return {
    code: 'include-leaves-section-open',
    severity: 'error',
    message: `The included file does not close its ${section}`,
    ...place(chain),
    hint: 'The installer would silently ignore the rest of this file. Add %end to the included one.',
  };
}

/** Reports an included file that closes the section it is included in. */
export function splitSection(section: string, chain: readonly ChainLink[]): Diagnostic {
  return {
    code: 'include-closes-section',
    severity: 'warning',
    message: `The included file closes the ${section} it stands in`,
    ...place(chain),
    hint: 'What follows becomes a further section, for scripts without the options of the first. Remove its %end.',
  };
}

/** The `%include` line to blame, and the chain of lines that led to it. */
function place(chain: readonly ChainLink[]): Pick<Diagnostic, 'span' | 'related'> {
  const spans = chain.map(({ source, includeLine }) => lineSpan(source, includeLine));
  const span = spans.at(-1);
  const related = spans.slice(0, -1).map((link) => ({ message: 'Included from here', span: link }));
  return { ...(span === undefined ? {} : { span }), ...(related.length === 0 ? {} : { related }) };
}

function lineSpan(source: SourceText, index: number): Span {
  return source.span(source.lines.starts[index] ?? 0, source.lines.ends[index] ?? 0);
}
