import type { Diagnostic } from '../../diagnostic/index.ts';
import type { BuildManifest } from '../../image/index.ts';
import { archiveName, updateHint } from '../../package-lock/index.ts';
import type { CommandFailed } from '../../process/index.ts';
import { listOf, packagesMissing, toolsList } from '../tools/index.ts';
import { type FoundLock, toolsLines } from './read-lock-for.ts';

/** What a build tells of its lock before it begins. */
export function lockInWords(lock: FoundLock | undefined): string {
  if (lock === undefined) return 'not locked: its packages are those that the repositories have now';
  const { packages, indexes } = lock.file;
  const days = indexes.map(({ date }) => date.slice(0, 10)).sort();
  return `locked: exactly the ${packages.length} packages of ${lock.told.file}, from indexes of ${[...new Set([days[0], days.at(-1)])].join(' to ')}`;
}

/** What it means that a package of a lock is not to be had: with the answer of each place that was asked. */
export function explainLocked({ completed }: CommandFailed, lock: FoundLock): Diagnostic | undefined {
  const output = `${completed.stdout}\n${completed.stderr}`;
  const missing = packagesMissing(output);
  // Without a network the cache is the only place.
  if (missing.length === 0 || /^offline: /m.test(output)) return undefined;
  const answers = [...output.matchAll(/^E: Failed to fetch (\S+) +(.*)$/gm)].map(
    ([, address, why]) => `  ${address}\n    ${why}`,
  );
  return {
    code: 'locked-package-missing',
    severity: 'error',
    message: [
      `nowhere to be had as ${lock.told.file} has ${missing.length === 1 ? 'it' : 'them'}:`,
      listOf(missing),
      ...(answers.length > 0 ? ['what was asked, and answered:', ...answers.slice(0, 8)] : []),
    ].join('\n'),
    hint: `${updateHint(lock.file)}. \`snapshot:\` of the base file says where packages are that mirrors have no longer.`,
  };
}

/** What is there although the lock does not say so. */
export function beyondLock(
  { file, told }: FoundLock,
  { packages }: Pick<BuildManifest, 'packages'>,
  tools: string,
): readonly Diagnostic[] {
  const locked = new Set(file.packages.map((one) => archiveName(one)));
  const others = packages.filter((one) => !locked.has(archiveName(one)));
  const found = (message: string, hint: string): Diagnostic => ({
    code: 'not-as-locked',
    severity: 'error',
    message: `${told.file}: ${message}`,
    hint,
  });
  return [
    ...others.map(({ name, version }) =>
      found(
        `the image has ${name} ${version}, which the lock does not have`,
        'A %post script of the flavour installed it: it belongs in `packages:` of a component.',
      ),
    ),
    // Somebody took the tree out of the cache after it was looked at, and the usual one was made.
    ...(toolsList(tools) === toolsLines(file)
      ? []
      : [found('the tools tree is not of the packages that the lock has', 'Build again.')]),
  ];
}
