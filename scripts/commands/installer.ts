import { buildFlavour } from '../build/index.ts';
import { flag, operand, option, optionOr, type Values, valuesOf } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { engines } from '../engines/index.ts';
import { installerOptions } from '../engines/installer/index.ts';
import { base, flavour, profile } from './common-flags.ts';

export const name = 'installer';
export const help = {
  summary: 'put the kickstart of a flavour on a stock Fedora medium, which then installs it',
  more: 'it asks before it wipes unless the flavour says `unattended: true`',
};
export const flags = {
  flavour: operand(flavour, 'see `phyllome list`'),
  ...installerOptions,
  base: optionOr(base, 'the Fedora release', 'fedora-44'),
  hardware: option(profile, 'the computer that it is for'),
  dryRun: flag('print the plan instead of running it'),
};
export const startsPrograms = true;

/** Puts a flavour's kickstart on a stock Fedora medium, so that it installs Phyllome OS. */
export async function run(values: Values<typeof flags>, context: Context): Promise<void> {
  const { dryRun, flavour: name, base: release, hardware } = values;
  const which = { flavour: name, base: release, hardware, engine: 'installer' };
  const request = { ...which, isDryRun: dryRun === true, values: valuesOf(installerOptions, values) };
  await buildFlavour(request, engines, context);
}
