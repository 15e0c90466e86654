import { flag, operand, option, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { displayCommand } from '../diagnostic/index.ts';
import {
  type Claim,
  isAddress,
  notClaimed,
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
  more: 'or one behind an address, of which nothing is kept; one sentence for each claim; exit code 0 only where all of it holds and it is signed',
};
export const flags = {
  directory: operand(
    text('directory', 'directories'),
    'what `build` published, a copy of it, or the http(s) address of one',
  ),
  key: option(text('key', 'files'), 'who must have signed: a public key of minisign, its file or its line of base64'),
  unsigned: flag('go without a signature that can be judged'),
  rebuild: flag('build it again by its lock, with an empty cache, and compare the bits'),
};
export const startsPrograms = true;

/** Judges a published directory, here or elsewhere. Exit code 1 where something is wrong, or it is not signed and nobody has agreed to that. */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { directory, key, unsigned, rebuild } = options;
  const published = (isAddress(directory) ? publishedAddress : publishedDirectory)(directory, context.signal);
  const { claims, said } = await verify(published, key === undefined ? undefined : readPublicKey(key));
  const print = ({ state, sentence }: Claim) => context.print(`${state.padEnd(11)}  ${sentence}`);
  claims.forEach(print);
  const isUnsigned = unsigned !== true && claims.some(({ needed }) => needed === true);
  if (isUnsigned) context.say('It cannot be told whose this is; --unsigned agrees to that.');
  const isRefused = isUnsigned || claims.some(({ state }) => state === 'wrong');
  if (isRefused) process.exitCode = 1;
  // Nobody's words are built.
  if (rebuild !== true || isRefused) return;
  const again = await rebuildClaim(directory, said, context);
  print(again);
  if (again.state !== 'verified') process.exitCode = 1;
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
