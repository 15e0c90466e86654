import { formatSarif } from 'kickstart-parser';
import { flag, operand, option, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { UsageError } from '../diagnostic/index.ts';
import { isBuilt } from '../dossier/index.ts';
import { offline } from '../engines/engine/index.ts';
import type { Asked } from '../flavour/index.ts';
import { resolveOne } from '../prepare/index.ts';
import { placed } from '../render/index.ts';
import { asFindings, inWords, isWaiting, judgeImage } from '../vulnerabilities/index.ts';
import { builtImage } from './built-image.ts';
import { baseAndHardware } from './common-flags.ts';

export const name = 'cves';
export const help = {
  summary: 'tell which known vulnerabilities are in a built image, and for which a fix is waiting',
  more: 'by a copy of the distribution’s security data, without the network once it is there; exit code 1 where a fix is waiting',
};
export const flags = {
  image: operand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built, a build directory, its manifest or an image in it',
  ),
  ...baseAndHardware,
  data: option(
    text('file', 'files'),
    'the copy to use: the JSON of Debian’s Security Tracker, or a Fedora updateinfo.xml; also packed (.gz, .xz, .zst)',
  ),
  refresh: flag('fetch the data although there is a copy in the cache'),
  offline,
  all: flag('tell also what the distribution calls unimportant'),
  json: flag('for programs: everything, with descriptions'),
  sarif: flag('for code scanning services: SARIF 2.1.0'),
};
export const startsPrograms = true;

/**
 * Prints the vulnerabilities of a built image. Sets exit code 1 when one of them has a fix waiting.
 * @throws ReportedError when it was not built, or its build did not note its packages; EnvironmentError when there is no data
 */
export async function run({ image, ...asked }: Values<typeof flags>, context: Context): Promise<void> {
  const { json, sarif, all, data, refresh, offline: isOffline } = asked;
  if (json === true && sarif === true) throw usage('--json and --sarif are two forms');
  if (refresh === true && (data !== undefined || isOffline === true)) {
    throw usage(`--refresh fetches, and ${data === undefined ? '--offline' : '--data'} does without`);
  }
  const side = builtImage(image, asked, context);
  const statements = statedNow(image, asked, context);
  const judgement = await judgeImage(side, { data, refresh, offline: isOffline, statements }, context);
  if (json === true) context.print(JSON.stringify(judgement, null, 2));
  else if (sarif === true) context.print(formatSarif(asFindings(judgement), 'phyllome').trimEnd());
  else context.print(inWords(judgement, all === true));
  if (judgement.found.some(isWaiting)) process.exitCode = 1;
}

/** What a flavour states by now, which may be more than when it was built; undefined where an image is named by its path. */
function statedNow(image: string, asked: Asked, context: Context) {
  if (isBuilt(image) || image.includes('/')) return undefined;
  return resolveOne(image, asked, context).flavour.vulnerabilities.map(placed);
}

const usage = (message: string): UsageError =>
  new UsageError({ code: 'usage', severity: 'error', message, hint: 'phyllome cves --help' });
