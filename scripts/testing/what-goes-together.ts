import { UsageError } from '../diagnostic/index.ts';
import { isPath } from './test-file.ts';

/** Options that mean nothing to a file, and those that mean nothing to a flavour. */
const ofFlavours = [
  ...['base', 'hardware', 'output', 'only', 'scenario', 'shard', 'failFast', 'again', 'memory', 'cores', 'keep'],
  ...['repeat', 'idle'],
];
const ofFiles = ['from', 'initrd', 'append', 'bootFile', 'expect'];

/**
 * Refuses what says nothing about this image. `spelt`: how somebody wrote an option.
 * @throws UsageError for the first of them that is given
 */
export function refuseStrangers(
  image: string,
  options: Readonly<Record<string, unknown>>,
  spelt: (option: string) => string,
): void {
  const given = (isPath(image) ? ofFlavours : ofFiles).find((option) => options[option] !== undefined);
  if (given === undefined) return;
  const why = isPath(image)
    ? `is about a flavour, and ${image} is a file`
    : `is about an image by its path, and \`${image}\` is a flavour`;
  throw new UsageError({
    code: 'cannot-test-so',
    severity: 'error',
    message: `${spelt(given)} ${why}`,
    hint: 'phyllome test --help',
  });
}
