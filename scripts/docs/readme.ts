import { type Declaration, descriptionOf } from '../command-line/index.ts';
import { pageOf } from './generated-part.ts';
import { code, table } from './markdown.ts';

const page = { file: 'README.md', head: '# Phyllome OS images', source: 'scripts/commands' };

/** The checkout's first page, as it should be: its table of verbs is made of what they declare. By its path in the checkout. */
export function readme(checkout: string, declarations: readonly Declaration[]): ReadonlyMap<string, string> {
  return pageOf(checkout, page, verbTable(declarations));
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
