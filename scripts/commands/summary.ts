import { flag, operand, option, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { readBuiltSide } from '../dossier/index.ts';
import { jobOutputs, jobSummary } from '../report/job-summary/index.ts';
import { builtImage } from './built-image.ts';
import { baseAndHardware } from './common-flags.ts';

export const name = 'summary';
export const help = {
  summary: 'tell in Markdown what a built image and its tests came to, as the summary of a job',
  more: 'verdicts, sizes and memory against budgets and against another build, what was reused, the first failure with its cause',
};
export const flags = {
  image: operand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built, a build directory, its manifest or an image in it',
  ),
  ...baseAndHardware,
  against: option(
    text('directory', 'directories'),
    'a build of the same image to compare with: that of the target branch',
  ),
  outputs: flag('instead: lines NAME=VALUE for later steps of a job: verdict, directory, image, report'),
};

/**
 * Prints the summary of a build and its tests.
 * @throws ReportedError when it was not built, UsageError where what it is to be compared with is no build
 */
export function run({ image, against, outputs, ...asked }: Values<typeof flags>, context: ReadingContext): void {
  const side = builtImage(image, asked, context);
  const before = against === undefined ? undefined : readBuiltSide(against);
  context.print(outputs === true ? jobOutputs(side) : jobSummary(side, before).trimEnd());
}
