import { checkoutDirectory, list as entriesOf } from '../flavour/index.ts';
import type { Context } from './context.ts';

/** Names and one-line descriptions of what can be built, and of what from. */
export function list(context: Context): void {
  const directories = [checkoutDirectory(context.places.checkout)];
  for (const [title, kind] of [
    ['Flavours', 'flavour'],
    ['Bases', 'base'],
    ['Components', 'component'],
  ] as const) {
    const entries = entriesOf(kind, directories);
    const width = Math.max(...entries.map((entry) => entry.name.length));
    context.print(
      `${title}\n${entries.map((entry) => `  ${entry.name.padEnd(width)}  ${entry.summary ?? ''}`.trimEnd()).join('\n')}\n`,
    );
  }
}
