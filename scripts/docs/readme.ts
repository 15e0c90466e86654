import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Declaration, descriptionOf } from '../command-line/index.ts';
import { withGeneratedPart } from './generated-part.ts';
import { code, table } from './markdown.ts';

const file = 'README.md';

/** The checkout's first page, as it should be: its table of verbs is made of what they declare. By its path in the checkout. */
export function readme(checkout: string, declarations: readonly Declaration[]): ReadonlyMap<string, string> {
  const page = path.join(checkout, file);
  const before = existsSync(page) ? readFileSync(page, 'utf8') : undefined;
  return new Map([
    [file, withGeneratedPart(before, '# Phyllome OS images', verbTable(declarations), 'scripts/commands')],
  ]);
}

/** A row for each verb that people type. */
export function verbTable(declarations: readonly Declaration[]): string {
  const told = declarations.filter(({ help }) => help.hidden !== true);
  return table(
    ['Verb', 'What it does'],
    told.map((declaration) => [code(asTyped(declaration)), descriptionOf(declaration)]),
  );
}

/** `diff A B`, `render [FLAVOUR]` */
function asTyped({ name, flags }: Declaration): string {
  const operands = Object.values(flags).flatMap(({ operand, takes }) => {
    const word = takes?.name.toUpperCase() ?? '';
    return operand === undefined ? [] : [operand === 'required' ? word : `[${word}]`];
  });
  return [name, ...operands].join(' ');
}
