import type { Context } from './context.ts';
import { prepareFlavour } from './prepare.ts';

/** Writes the rendered set into the flavour's build directory and prints the kickstart. */
export function render(name: string, options: { readonly base?: string }, context: Context): void {
  const prepared = prepareFlavour(name, options.base, context);
  context.warn(prepared.warnings);
  context.print(prepared.rendered.kickstart.replace(/\n$/, ''));
  context.say(`written to ${prepared.kickstartFile}`);
}
