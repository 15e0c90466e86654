import { show as asText } from '../explain/index.ts';
import type { Asked } from '../flavour/index.ts';
import type { ReadingContext } from './context.ts';
import { renderOne } from './prepare.ts';

/** Prints the resolved flavour, each value with the file and line that set it. */
export function show(name: string, options: Asked & { readonly json?: boolean }, context: ReadingContext): void {
  const { flavour, warnings } = renderOne(name, options, context);
  context.warn(warnings);
  if (options.json !== true) {
    context.print(asText(flavour).trimEnd());
    return;
  }
  const users = flavour.users.map(({ passwordHash: _secret, ...user }) => user);
  context.print(JSON.stringify({ ...flavour, users }, null, 2));
}
