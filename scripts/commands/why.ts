import { flag, operand, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { closest, ReportedError } from '../diagnostic/index.ts';
import { type Subject, why } from '../explain/index.ts';
import { renderOne } from '../prepare/index.ts';
import { concealed } from '../render/index.ts';
import { withoutSecrets } from '../report/diagnostics/index.ts';
import { ofFlavour } from './common-flags.ts';

export const name = 'why';
export const help = {
  summary: 'tell what brought a package, unit, kernel argument, module, file, user or kickstart line',
};
export const flags = {
  ...ofFlavour,
  query: operand(text('query'), 'a name or a part of one; `:12` is line 12 of the kickstart'),
  json: flag('for programs'),
};

/**
 * Prints what brought something into a flavour: from the base's mapping or the overlay file to the flavour's own line.
 * @throws ReportedError when nothing there is called so
 */
export function run(asked: Values<typeof flags>, context: ReadingContext): void {
  const { flavour: name, query } = asked;
  const { flavour, rendered } = renderOne(name, asked, context);
  // Nor can a secret be found out by asking for parts of it.
  const { found, known, leftOut } = why(flavour, { ...rendered, kickstart: concealed(rendered, flavour) }, query);
  if (found.length === 0) {
    const slip = closest(query, known);
    throw new ReportedError({
      code: 'nothing-so',
      severity: 'error',
      message: `nothing in ${name} on ${flavour.base.name} is called \`${query}\``,
      hint: slip ? `did you mean \`${slip}\`?` : `phyllome show ${name} prints all there is; \`:12\` asks for line 12`,
    });
  }
  if (asked.json === true) {
    context.print(JSON.stringify({ flavour: name, base: flavour.base.name, found, leftOut }, blot, 2));
    return;
  }
  context.print(found.map(asText).join('\n\n'));
  if (leftOut > 0) context.say(`and ${leftOut} more; a longer query finds less`);
}

function asText({ kind, name, steps }: Subject): string {
  const lines = steps.flatMap(({ text, at }) => [`  ${text}`, `      ${at.file}:${at.start.line}`]);
  return [`${kind} ${name}`, ...lines].map(withoutSecrets).join('\n');
}

const blot = (_key: string, value: unknown): unknown => (typeof value === 'string' ? withoutSecrets(value) : value);
