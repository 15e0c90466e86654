import { UsageError } from '../diagnostic/index.ts';
import type { Asked } from '../flavour/index.ts';
import type { ReadingContext } from './context.ts';
import { prepareFlavour } from './prepare.ts';
import { type RenderAllOptions, renderAll } from './render-all.ts';

export interface RenderOptions extends RenderAllOptions, Asked {
  readonly all?: boolean;
}

/** Writes the rendered set into the flavour's build directory and prints the kickstart; with `all`, that of every flavour. */
export function render(name: string | undefined, options: RenderOptions, context: ReadingContext): void {
  if (options.all === true) {
    const isOne = name !== undefined || options.base !== undefined || options.hardware !== undefined;
    if (isOne) throw usage('--all renders every flavour on every base');
    renderAll(options, context);
    return;
  }
  if (name === undefined) throw usage('which flavour? name one, or say --all');
  if (options.check === true || options.out !== undefined) throw usage('--check and --out go with --all');
  const prepared = prepareFlavour(name, options, context);
  context.warn(prepared.warnings);
  context.print(prepared.rendered.kickstart.replace(/\n$/, ''));
  context.say(`written to ${prepared.kickstartFile}`);
}

function usage(message: string): UsageError {
  return new UsageError({ code: 'usage', severity: 'error', message, hint: 'phyllome render --help' });
}
