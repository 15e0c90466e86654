import { flag, operand, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { imageSize, sizeInText } from '../dossier/index.ts';
import { notedBuild } from './built-image.ts';
import { baseAndHardware } from './common-flags.ts';

export const name = 'size';
export const help = {
  summary: 'tell what takes how much in a built image, why it is there, and what could be left out',
  more: 'by component and package, installed and compressed; of the ten cheapest removals also what else goes and what breaks',
};
export const flags = {
  image: operand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built, a build directory, its manifest or an image in it',
  ),
  ...baseAndHardware,
  json: flag('for programs: every package, in bytes'),
};

/**
 * Prints what takes how much in a built image.
 * @throws ReportedError when it was not built, or its build did not note what is in it
 */
export function run({ image, json, ...asked }: Values<typeof flags>, context: ReadingContext): void {
  const size = imageSize(notedBuild(image, asked, context));
  context.print(json === true ? JSON.stringify(size, null, 2) : sizeInText(size));
}
