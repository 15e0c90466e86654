import path from 'node:path';
import { choice, operand, optionOr, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { billFormats, billOf } from '../dossier/index.ts';
import { notedBuild } from './built-image.ts';
import { baseAndHardware } from './common-flags.ts';

const formats = ['spdx', 'cyclonedx'] as const satisfies readonly (keyof typeof billFormats)[];

export const name = 'sbom';
export const help = {
  summary: 'print what is in a built image: packages with licences and checksums, our files, boot loaders',
  more: '`build` writes it beside the image, too',
};
export const flags = {
  image: operand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built, a build directory, its manifest or an image in it',
  ),
  ...baseAndHardware,
  format: optionOr(choice('format', formats), 'spdx (2.3) or cyclonedx (1.6), both as JSON', 'spdx'),
};

/**
 * Prints the bill of materials of a built image.
 * @throws ReportedError when it was not built, or its build did not note what is in it
 */
export function run({ image, format, ...asked }: Values<typeof flags>, context: ReadingContext): void {
  const { manifest, dossier, kickstart } = notedBuild(image, asked, context);
  const source = kickstart && { name: path.basename(kickstart.file), text: kickstart.text };
  context.print(billFormats[format].write(billOf(manifest, dossier, source)).trimEnd());
}
