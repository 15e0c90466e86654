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
  more: '`--dry-run` prints every command instead, `--offline` uses the cache only, `--twice` proves that the bits are the same again',
};
const own = {
  ...ofFlavour,
  engine: option(choice('engine', ids), `${inWords(ids)}; the one that is usual for the base when absent`),
  dryRun: flag('print the plan instead of running it'),
  twice: flag('build it once more, in an empty cache, and tell where the bits differ and which step wrote them'),
};
const ofEngines = engineOptions(engines);
export const flags = { ...own, ...signingOptions, ...ofEngines };
export const startsPrograms = true;

/**
 * Makes the flavour's image and writes it with manifest and checksums into its build directory. Exit code 1 where it was built twice and
 * differs.
 */
export async function run(values: Readonly<Record<string, unknown>>, context: Context): Promise<void> {
  const { dryRun, twice, ...which } = valuesOf(own, values);
  const signing = valuesOf(signingOptions, values);
  refuseOfflineRefresh(values);
  if (dryRun === true) refuseInDryRun(signing, twice === true);
  // A wrong password is told before a build, and not after it.
  const key = dryRun === true ? undefined : await namedSigningKey(signing);
  const request = { ...which, isDryRun: dryRun === true, values: valuesOf(ofEngines, values), signingKey: key };
  // Help and completion need no more than the declarations above.
  const { buildFlavour, buildTwice } = await import('../build/index.ts');
  if (twice !== true) return buildFlavour(request, engines, context);
  if (!(await buildTwice(request, engines, context))) process.exitCode = 1;
}

/** What the environment names is for builds in general; the command line speaks of this one. */
function refuseInDryRun({ signingKey, passwordFile }: Values<typeof signingOptions>, isTwice: boolean): void {
  if (isTwice) throw unused('--dry-run makes nothing that --twice could compare: leave it out');
  if (signingKey === undefined && passwordFile === undefined) return;
  throw unused('--dry-run makes nothing that --signing-key and --password-file could be for: leave them out');
}

const unused = (message: string): UsageError => new UsageError({ code: 'unused-option', severity: 'error', message });
