import { flag, operand, option, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { isAddress, publishedAddress, publishedDirectory, verify } from '../release/index.ts';
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
};
export const startsPrograms = true;

/** Judges a published directory, here or elsewhere. Exit code 1 where something is wrong, or it is not signed and nobody has agreed to that. */
export async function run({ directory, key, unsigned }: Values<typeof flags>, context: Context): Promise<void> {
  const published = (isAddress(directory) ? publishedAddress : publishedDirectory)(directory, context.signal);
  const claims = await verify(published, key === undefined ? undefined : readPublicKey(key));
  for (const { state, sentence } of claims) context.print(`${state.padEnd(11)}  ${sentence}`);
  const isUnsigned = claims.some(({ needed }) => needed === true);
  if (isUnsigned && unsigned !== true) context.say('It cannot be told whose this is; --unsigned agrees to that.');
  if (claims.some(({ state }) => state === 'wrong') || (isUnsigned && unsigned !== true)) process.exitCode = 1;
}
