import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { startingFile } from '../flavour/index.ts';
import { sourceDirectories } from '../places/index.ts';
import type { ReadingContext } from './context.ts';

/**
 * Writes a commented flavour that extends another into the user's first directory, which is made where it is not there.
 * @throws ReportedError when the name is taken or `from` does not exist
 */
export function newFlavour(name: string, options: { readonly from: string }, context: ReadingContext): void {
  const { places } = context;
  const [directory] = places.user;
  if (directory === undefined) {
    throw new UsageError({
      code: 'no-directory',
      severity: 'error',
      message: 'say where your flavours are to lie',
      hint: `phyllome new ${name} --from ${options.from} --dir my-flavours`,
    });
  }
  const directories = sourceDirectories(places.checkout, places.user);
  const { text, diagnostics } = startingFile({
    name,
    from: options.from,
    directories,
    schema: path.join(places.checkout, 'kickstarts/schema/flavour.schema.json'),
  });
  if (text === undefined) throw new ReportedError(diagnostics);

  const file = path.join(directory, 'flavours', `${name}.yaml`);
  mkdirSync(path.dirname(file), { recursive: true });
  // `wx`: somebody's own file is never overwritten, not even in a race.
  writeFileSync(file, text, { flag: 'wx' });
  context.print(file);
  const shown = path.relative(process.cwd(), directory) || '.';
  context.say(`edit it, then see what it changes:  phyllome --dir ${shown} diff ${options.from} ${name}`);
}
