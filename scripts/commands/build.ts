import { choice, flag, inWords, option, type Values, valuesOf } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import { engineOptions } from '../engines/engine/index.ts';
import { engines } from '../engines/index.ts';
import { ofFlavour, refuseOfflineRefresh } from './common-flags.ts';
import { namedSigningKey, signingOptions } from './signing-options.ts';

const ids = engines.map(({ id }) => id);

export const name = 'build';
export const help = {
  summary: 'make the image',
  more: '`--dry-run` prints every command instead, `--offline` uses the cache only',
};
const own = {
  ...ofFlavour,
  engine: option(choice('engine', ids), `${inWords(ids)}; the one that is usual for the base when absent`),
  dryRun: flag('print the plan instead of running it'),
};
const ofEngines = engineOptions(engines);
export const flags = { ...own, ...signingOptions, ...ofEngines };
export const startsPrograms = true;

/** Makes the flavour's image and writes it with manifest and checksums into its build directory. */
export async function run(values: Readonly<Record<string, unknown>>, context: Context): Promise<void> {
  const { dryRun, ...which } = valuesOf(own, values);
  const signing = valuesOf(signingOptions, values);
  refuseOfflineRefresh(values);
  if (dryRun === true) refuseSigning(signing);
  // A wrong password is told before a build, and not after it.
  const key = dryRun === true ? undefined : await namedSigningKey(signing);
  const request = { ...which, isDryRun: dryRun === true, values: valuesOf(ofEngines, values), signingKey: key };
  // Help and completion need no more than the declarations above.
  const { buildFlavour } = await import('../build/index.ts');
  await buildFlavour(request, engines, context);
}

/** What the environment names is for builds in general; the command line speaks of this one. */
function refuseSigning({ signingKey, passwordFile }: Values<typeof signingOptions>): void {
  if (signingKey === undefined && passwordFile === undefined) return;
  const message = '--dry-run makes nothing that --signing-key and --password-file could be for: leave them out';
  throw new UsageError({ code: 'unused-option', severity: 'error', message });
}
