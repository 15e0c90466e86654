import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Step } from '../../plan/index.ts';
import type { CommandFailed } from '../../process/index.ts';
import { explainMirror } from './mirror-failures.ts';

/** Says what a failed step means that fetches or installs packages, where the program's own words would not help its user. */
export function explainPackages(_step: Step, failure: CommandFailed): Diagnostic | readonly Diagnostic[] | undefined {
  const output = `${failure.completed.stdout}\n${failure.completed.stderr}`;
  const mirror = explainMirror(output);
  return (
    diskFull(output) ??
    missingPackage(output) ??
    (mirror.length > 0 ? mirror : undefined) ??
    offlinePackage(output) ??
    absentArchive(output)
  );
}

function diskFull(output: string): Diagnostic | undefined {
  if (!/No space left on device|ENOSPC|write error: No space|You don't have enough free space/.test(output))
    return undefined;
  return {
    code: 'disk-full',
    severity: 'error',
    message: 'the disk is full',
    hint: 'Free some space, or set PHYLLOME_CACHE and PHYLLOME_OUT to directories with more of it.',
  };
}

/** The names for which apt's indexes have no package. */
export function packagesUnknownTo(output: string): readonly string[] {
  return [
    ...output.matchAll(/E: (?:Unable to locate package (\S+)|Package '(\S+)' has no installation candidate)/g),
  ].map((match) => match[1] ?? match[2] ?? '');
}

function missingPackage(output: string): Diagnostic | undefined {
  const names = packagesUnknownTo(output);
  if (names.length === 0) return undefined;
  return {
    code: 'unknown-package',
    severity: 'error',
    message: `the repositories have no package ${names.join(', ')}`,
    hint: 'Check the name in %packages; `phyllome build --refresh` fetches the package indexes anew.',
  };
}

/** Files of packages that are in the list, and not to be had: `downloadPackages` names each. */
export function packagesMissing(output: string): readonly string[] {
  return [...output.matchAll(/^missing: (\S+)$/gm)].map(([, file]) => file ?? '');
}

function offlinePackage(output: string): Diagnostic | undefined {
  const missing = packagesMissing(output);
  if (missing.length === 0 || !/^offline: /m.test(output)) return undefined;
  return {
    code: 'offline',
    severity: 'error',
    message: `packages are missing in the download cache, and --offline was given:\n${listOf(missing)}`,
    hint: 'Run the same build once without --offline.',
  };
}

/** More names help nobody. */
const MOST = 10;

/** Some of the files, a line each, and how many more there are. */
export function listOf(files: readonly string[]): string {
  const more = files.length > MOST ? [`and ${files.length - MOST} more`] : [];
  return [...files.slice(0, MOST), ...more].map((line) => `  ${line}`).join('\n');
}

/** Somebody removed files from the cache while a build went on, or between two steps of it. */
function absentArchive(output: string): Diagnostic | undefined {
  const files = [...output.matchAll(/(?:ln|cp): (?:failed to access|cannot stat) '([^']+\.deb)'/g)].map(
    ([, file]) => file,
  );
  if (files.length === 0) return undefined;
  return {
    code: 'package-not-downloaded',
    severity: 'error',
    message: `packages were not downloaded, or have left the cache since:\n${files.map((file) => `  ${file}`).join('\n')}`,
    hint: 'Run the build again; with --refresh where the mirror has a newer version by now.',
  };
}
