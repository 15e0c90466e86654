import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Step } from '../../plan/index.ts';
import type { CommandFailed } from '../../process/index.ts';

/** Says what a failed step means that fetches or installs packages, where the program's own words would not help its user. */
export function explainPackages(_step: Step, failure: CommandFailed): Diagnostic | undefined {
  const output = `${failure.completed.stdout}\n${failure.completed.stderr}`;
  return diskFull(output) ?? missingPackage(output) ?? offlinePackage(output) ?? unreachableMirror(output);
}

function diskFull(output: string): Diagnostic | undefined {
  if (!/No space left on device|ENOSPC|write error: No space/.test(output)) return undefined;
  return {
    code: 'disk-full',
    severity: 'error',
    message: 'the disk is full',
    hint: 'Free some space, or set PHYLLOME_CACHE and PHYLLOME_OUT to directories with more of it.',
  };
}

function missingPackage(output: string): Diagnostic | undefined {
  const names = [
    ...output.matchAll(/E: (?:Unable to locate package (\S+)|Package '(\S+)' has no installation candidate)/g),
  ].map((match) => match[1] ?? match[2]);
  if (names.length === 0) return undefined;
  return {
    code: 'unknown-package',
    severity: 'error',
    message: `the repositories have no package ${names.join(', ')}`,
    hint: 'Check the name in %packages; `phyllome build --refresh` fetches the package indexes anew.',
  };
}

function offlinePackage(output: string): Diagnostic | undefined {
  if (!/--no-download|Unable to fetch some archives/.test(output) || /https?:\/\/\S+/.test(output)) return undefined;
  return {
    code: 'offline',
    severity: 'error',
    message: 'packages are missing in the download cache, and --offline was given',
    hint: 'Run the same build once without --offline.',
  };
}

function unreachableMirror(output: string): Diagnostic | undefined {
  const failed =
    /(?:Failed to fetch|Err:\d+|Could not connect to|Temporary failure resolving|Could not resolve) '?(\S+?)'?[\s,].*/.exec(
      output,
    );
  if (!failed) return undefined;
  const url = /https?:\/\/\S+/.exec(output.slice(output.search(/Failed to fetch|Err:\d+/)))?.[0] ?? failed[1];
  const reason =
    /(?:Could not resolve|Temporary failure resolving|Could not connect to|Connection (?:timed out|refused|failed)|40\d|50\d|Hash Sum mismatch|is not signed|NO_PUBKEY|expired)[^\n]*/.exec(
      output,
    )?.[0];
  return {
    code: 'mirror-unreachable',
    severity: 'error',
    message: `cannot fetch ${url}${reason ? `: ${reason}` : ''}`,
    hint: 'Check the network, and http_proxy if you need one. --offline builds from the cache, if the same flavour was built before.',
  };
}
