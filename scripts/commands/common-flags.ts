import { choice, inWords, operand, option, optionOr, text } from '../command-line/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import type { Firmware, RequestedAccelerator } from '../lab/index.ts';
import { bootsAs, installs, outputIds } from '../outputs/index.ts';

const accelerators = ['auto', 'kvm', 'tcg'] as const satisfies readonly RequestedAccelerator[];
export const firmwares = ['bios', 'uefi', 'secure-boot'] as const satisfies readonly Firmware[];
const accelerator = choice('accelerator', accelerators);
const acceleratorsInWords = inWords(accelerators);

const ofBase = 'distribution and release; the flavour’s own when absent';
const ofHardware = 'the computer that the image is for; the flavour’s own when absent';

export const base = text('base', { names: 'base' });
export const profile = text('profile', { names: 'hardware' });
export const flavour = text('flavour', { names: 'flavour' });
export const topology = text('topology', { names: 'topology', orFile: true });

/**
 * Of verbs that fetch and can do without.
 * @throws UsageError where both are asked for
 */
export function refuseOfflineRefresh({ offline, refresh }: { offline?: unknown; refresh?: unknown }): void {
  if (offline !== true || refresh !== true) return;
  throw new UsageError({
    code: 'usage',
    severity: 'error',
    message: '--offline fetches nothing, and --refresh fetches anew: say one of them',
  });
}

/** Where the flavour's own are used when absent. */
export const baseAndHardware = { base: option(base, ofBase), hardware: option(profile, ofHardware) };

/** Of verbs that are about one flavour. */
export const ofFlavour = { flavour: operand(flavour, 'see `phyllome list`'), ...baseAndHardware };

export const accel = optionOr(accelerator, acceleratorsInWords, 'auto');

const startable = outputIds.filter((id) => bootsAs(id) !== undefined);
const testable = startable.filter((id) => !installs(id));
const ofSeveral = (ids: readonly string[]) => `of several that were built: ${inWords(ids)}`;

/** Of verbs that ask what was built. */
export const testedOutput = {
  output: option(choice('output', testable), `${ofSeveral(testable)}; the first when absent`),
};

/** Of verbs that start what was built. */
export const startedOutput = {
  output: option(
    choice('output', startable),
    `${ofSeveral(startable)}; when absent the first, and installer-iso with --computer`,
  ),
};
