import { flag, operand, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { postureFindings, postureInText, postureOf } from '../dossier/index.ts';
import { notedBuild } from './built-image.ts';
import { baseAndHardware } from './common-flags.ts';

export const name = 'posture';
export const help = {
  summary: 'tell what weakens a built image, with the reason that its flavour, component or base gives for each',
  more: 'setuid files, capabilities, open places, groups that amount to root, kernel settings, exposed services; exit code 1 where one has no reason',
};
export const flags = {
  image: operand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built, a build directory, its manifest or an image in it',
  ),
  ...baseAndHardware,
  all: flag('tell also reasons for what is not in this image'),
  json: flag('for programs'),
};

/**
 * Prints what weakens a built image. Sets exit code 1 where something has no reason, or is other than that says.
 * @throws ReportedError when it was not built, or its build did not note what is in it
 */
export function run({ image, all, json, ...asked }: Values<typeof flags>, context: ReadingContext): void {
  const { manifest, dossier } = notedBuild(image, asked, context);
  const posture = postureOf(manifest, dossier);
  const findings = postureFindings(posture);
  context.print(
    json === true ? JSON.stringify({ schema: 1, ...posture }, null, 2) : postureInText(posture, all === true),
  );
  context.warn(findings);
  if (findings.length > 0) process.exitCode = 1;
}
