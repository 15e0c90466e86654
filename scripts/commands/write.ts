import { statSync } from 'node:fs';
import path from 'node:path';
import { readBuilt } from '../build/index.ts';
import { operand, option, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { toolsRoot } from '../engines/tools/index.ts';
import { ownTerminal, sudoCommand, writeToDisk } from '../write-medium/index.ts';
import { baseAndHardware } from './common-flags.ts';

export const name = 'write';
export const help = {
  summary: 'write an image to a USB stick or card, and read it back',
  more: 'it shows what is there and asks first, and refuses disks that are in use',
};
export const flags = {
  image: operand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built, or the file of an ISO or disk image; a SHA256SUMS beside it is compared first',
  ),
  disk: operand(text('disk', 'files'), 'such as /dev/sdb, or a link of /dev/disk/by-id/; all that is on it is lost'),
  ...baseAndHardware,
  yes: option(text('disk', 'files'), 'the same disk again: do not ask'),
  alsoFixed: option(text('disk', 'files'), 'the same disk again: it may be one that stays in its computer'),
};
export const startsPrograms = true;

/** Writes an image to a disk. */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const image = await imageFile(options, context);
  const { places } = context;
  await writeToDisk(
    {
      image,
      disk: options.disk,
      yes: options.yes,
      alsoFixed: options.alsoFixed,
      kept: [places.checkout, places.out, places.cache, image],
      sudo: sudoCommand(wordsFor(image, options), places),
      toolsRoot: () => toolsRoot(context),
      terminal: ownTerminal(process.stdin, process.stderr),
    },
    context,
  );
}

async function imageFile(options: Values<typeof flags>, context: Context): Promise<string> {
  const isFile = options.image.includes('/') || /\.(?:iso|img|raw|qcow2)$/.test(options.image);
  if (!isFile) return (await readBuilt(options.image, { ...options, toInstall: true }, context)).imageFile;
  const file = path.resolve(options.image);
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new ReportedError({
    code: 'image-missing',
    severity: 'error',
    message: `${file}: there is no such image`,
    hint: '`phyllome write` takes the file of an image, or the name of a flavour that was built.',
  });
}

/** What this verb is given when it is started once more. */
function wordsFor(image: string, { disk, yes, alsoFixed }: Values<typeof flags>): readonly string[] {
  const again = Object.entries({ '--yes': yes, '--also-fixed': alsoFixed });
  return [name, image, disk, ...again.flatMap(([option, named]) => (named === undefined ? [] : [option, named]))];
}
