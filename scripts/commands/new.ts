import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { operand, optionOr, text, type Values } from '../command-line/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { startingFile } from '../flavour/index.ts';
import { sourceDirectories } from '../places/index.ts';
import { flavour } from './common-flags.ts';
import type { ReadingContext } from './context.ts';

export const name = 'new';
export const help = { summary: 'write a commented flavour of your own into the directory of --dir' };
export const flags = {
  flavour: operand(text('flavour'), 'its name'),
  from: optionOr(flavour, 'the flavour that it extends', 'headless'),
};

/**
 * Writes a commented flavour that extends another into the user's first directory, which is made where it is not there.
 * @throws ReportedError when the name is taken or `from` does not exist
 */
export function run({ flavour: name, from }: Values<typeof flags>, context: ReadingContext): void {
  const { places } = context;
  const [directory] = places.user;
  if (directory === undefined) {
    throw new UsageError({
      code: 'no-directory',
      severity: 'error',
      message: 'say where your flavours are to lie',
      hint: `phyllome new ${name} --from ${from} --dir my-flavours`,
    });
  }
  const directories = sourceDirectories(places.checkout, places.user);
  const { text, diagnostics } = startingFile({
    name,
    from,
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
  context.say(`edit it, then see what it changes:  phyllome --dir ${shown} diff ${from} ${name}`);
}
