import type { Context } from '../context/index.ts';
import { ownRevision } from '../host/index.ts';
import { programVersion } from '../places/index.ts';

/** `0.1.0`, as package.json has it; in a git checkout also its revision: `0.1.0 (git 7e3685942f7a, with changes)`. */
export async function version(context: Context): Promise<string> {
  const { checkout } = context.places;
  const number = programVersion(checkout);
  const revision = await ownRevision(checkout, 12, context);
  return revision === undefined ? number : `${number} (git ${revision.replace(/-dirty$/, ', with changes')})`;
}
