import { flag, option, optionalOperand, text, type Values } from '../command-line/index.ts';
import { renderAll } from '../committed-set/index.ts';
import type { Context } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import { prepareFlavour } from '../prepare/index.ts';
import { concealed } from '../render/index.ts';
import { checkoutOnly } from './checkout-only.ts';
import { baseAndHardware, flavour } from './common-flags.ts';

export const name = 'render';
export const help = {
  summary: 'write and print the kickstart, or write all of them',
  more: '`--all --check` tells what differs from what is committed of them and `--update` commits it anew, `--check-packages` asks the repositories for packages, units and groups',
};
export const flags = {
  flavour: optionalOperand(flavour, 'see `phyllome list`'),
  ...baseAndHardware,
  all: flag('every flavour and variant on every base that it is for'),
  check: flag('with --all: tell what differs from what is committed in test/golden'),
  update: flag('with --all: write what is committed in test/golden'),
  out: option(text('dir', 'directories'), 'with --all: the directory to write to, or to compare with'),
  checkPackages: flag('write nothing: ask the repositories whether they have the packages'),
};
export const startsPrograms = true;

/** Writes the rendered set into the flavour's build directory and prints the kickstart; with `all`, that of every flavour. */
export function run(options: Values<typeof flags>, context: Context): void | Promise<void> {
  const { flavour: name } = options;
  if (options.checkPackages === true) {
    return import('../build/index.ts').then(({ checkPackages }) => checkPackages(name, options, context));
  }
  if (options.all === true) {
    const isOne = name !== undefined || options.base !== undefined || options.hardware !== undefined;
    if (isOne) throw usage('--all renders every flavour on every base');
    if (options.check === true || options.update === true) checkoutOnly('phyllome render --all');
    renderAll(options, context);
    return;
  }
  if (name === undefined) throw usage('which flavour? name one, or say --all');
  const isOfAll = options.check === true || options.update === true || options.out !== undefined;
  if (isOfAll) throw usage('--check, --update and --out go with --all');
  const prepared = prepareFlavour(name, options, context);
  context.warn(prepared.warnings);
  const shown = concealed(prepared.rendered, prepared.flavour);
  context.print(shown.replace(/\n$/, ''));
  const hidden = shown === prepared.rendered.kickstart ? '' : ', with the secrets that are not shown here';
  context.say(`written to ${prepared.kickstartFile}${hidden}`);
}

function usage(message: string): UsageError {
  return new UsageError({ code: 'usage', severity: 'error', message, hint: 'phyllome render --help' });
}
