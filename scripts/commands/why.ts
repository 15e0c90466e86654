import { ReportedError } from '../diagnostic/index.ts';
import { why as explain, type Subject } from '../explain/index.ts';
import { type Asked, closest } from '../flavour/index.ts';
import type { ReadingContext } from './context.ts';
import { renderOne } from './prepare.ts';

/**
 * Prints what brought something into a flavour: from the base's mapping or the overlay file to the flavour's own line.
 * @throws ReportedError when nothing there is called so
 */
export function why(
  name: string,
  query: string,
  options: Asked & { readonly json?: boolean },
  context: ReadingContext,
): void {
  const { flavour, rendered } = renderOne(name, options, context);
  const { found, known, leftOut } = explain(flavour, rendered, query);
  if (found.length === 0) {
    const slip = closest(query, known);
    throw new ReportedError({
      code: 'nothing-so',
      severity: 'error',
      message: `nothing in ${name} on ${flavour.base.name} is called \`${query}\``,
      hint: slip ? `did you mean \`${slip}\`?` : `phyllome show ${name} prints all there is; \`:12\` asks for line 12`,
    });
  }
  if (options.json === true) {
    context.print(JSON.stringify({ flavour: name, base: flavour.base.name, found, leftOut }, null, 2));
    return;
  }
  context.print(found.map(asText).join('\n\n'));
  if (leftOut > 0) context.say(`and ${leftOut} more; a longer query finds less`);
}

function asText({ kind, name, steps }: Subject): string {
  const lines = steps.flatMap(({ text, at }) => [`  ${text}`, `      ${at.file}:${at.start.line}`]);
  return [`${kind} ${name}`, ...lines].join('\n');
}
