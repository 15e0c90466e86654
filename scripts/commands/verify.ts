import { flag, operand, option, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { displayCommand, UsageError } from '../diagnostic/index.ts';
import {
  type Claim,
  isAddress,
  keepVerified,
  notClaimed,
  openPgpBy,
  openPgpKeys,
  type Published,
  publishedAddress,
  publishedDirectory,
  rebuildRequest,
  someOf,
  verified,
  verify,
  wrong,
} from '../release/index.ts';
import { readPublicKey } from '../signing/index.ts';

export const name = 'verify';
export const help = {
  summary: 'tell whether a published directory is what it says: signature, checksums, manifest, bills of materials',
  more: 'or one behind an address; one sentence for each claim; exit code 0 only where all of it holds and it is signed',
};
export const flags = {
  directory: operand(
    text('directory', 'directories'),
    'what `build` published, a copy of it, or the http(s) address of one',
  ),
  key: option(text('key', 'files'), 'who must have signed: a public key of minisign, its file or its line of base64'),
  openpgpKeys: option(
    text('file', 'files'),
    'or whose OpenPGP keys: a file of public ones, as `gpg --export` writes it; gpgv judges, and no other key counts',
  ),
  unsigned: flag('go without a signature that can be judged'),
  into: option(text('directory', 'directories'), 'of an address: keep what was verified, in this new directory'),
  rebuild: flag('build it again by its lock, with an empty cache, and compare the bits'),
};
export const startsPrograms = true;

/** Judges a published directory, here or elsewhere. Exit code 1 where something is wrong, or it is not signed and nobody has agreed to that. */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { directory, key, openpgpKeys, into } = options;
  const by = {
    key: key === undefined ? undefined : readPublicKey(key),
    openPgp: openpgpKeys === undefined ? undefined : openPgpBy(openPgpKeys(openpgpKeys), context),
  };
  if (into !== undefined) {
    if (!isAddress(directory)) throw intoOfDirectory(directory);
    const judged = (staging: string) =>
      judge(publishedAddress(directory, context.signal, staging), by, options, context);
    return keepVerified(into, judged);
  }
  const published = (isAddress(directory) ? publishedAddress : publishedDirectory)(directory, context.signal);
  await judge(published, by, options, context);
}

/** Prints each claim. Whether all of it holds. */
async function judge(
  published: Published,
  signers: Parameters<typeof verify>[1],
  { directory, unsigned, rebuild }: Values<typeof flags>,
  context: Context,
): Promise<boolean> {
  const { claims, said } = await verify(published, signers);
  const print = ({ state, sentence }: Claim) => context.print(`${state.padEnd(11)}  ${sentence}`);
  claims.forEach(print);
  const isUnsigned = unsigned !== true && claims.some(({ needed }) => needed === true);
  if (isUnsigned) context.say('It cannot be told whose this is; --unsigned agrees to that.');
  const isRefused = isUnsigned || claims.some(({ state }) => state === 'wrong');
  if (isRefused) process.exitCode = 1;
  // Nobody's words are built.
  if (rebuild !== true || isRefused) return !isRefused;
  const again = await rebuildClaim(directory, said, context);
  print(again);
  const isSame = again.state === 'verified';
  if (!isSame) process.exitCode = 1;
  return isSame;
}

function intoOfDirectory(directory: string): UsageError {
  return new UsageError({
    code: 'usage',
    severity: 'error',
    message: `--into is for what lies behind an address, and ${directory} is here`,
  });
}

/** Whether the same bits come out again. */
async function rebuildClaim(
  given: string,
  said: Parameters<typeof rebuildRequest>[0],
  context: Context,
): Promise<Claim> {
  const request = rebuildRequest(said);
  if ('fault' in request) return notClaimed(`the same bits again: ${request.fault}`);
  const [{ rebuild }, { engines }] = await Promise.all([import('../build/index.ts'), import('../engines/index.ts')]);
  const rebuilt = await rebuild(request, said.sums, engines, context);
  if ('fault' in rebuilt) return notClaimed(`the same bits again: ${rebuilt.fault}`);
  const { different, directory } = rebuilt;
  if (different.length === 0) {
    return verified(`built again by ${request.lock.file}: all ${said.sums.length} files are the same, bit for bit`);
  }
  const where = isAddress(given) ? directory : `\`phyllome diff ${displayCommand([given, directory])}\` tells more`;
  return wrong(`built again by ${request.lock.file}: ${someOf(different)} differ (${where})`);
}
