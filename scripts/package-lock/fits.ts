import type { Diagnostic } from '../diagnostic/index.ts';
import type { LockFile, LockRequest } from './lock-file.ts';
import type { Locked } from './lock-place.ts';

/** What is asked for now. */
export interface Wanted extends Locked {
  readonly request: LockRequest;
  /** The programs of the tools tree. */
  readonly tools: readonly string[];
}

/**
 * Why a lock is not one for what is asked for now: each thing by its name. Nothing of it needs the network.
 * @param shown how the lock's file is told
 */
export function misfits(lock: LockFile, wanted: Wanted, shown: string): readonly Diagnostic[] {
  const { request } = wanted;
  const of = (file: Locked) =>
    [file.flavour, 'on', file.base, ...(file.hardware ? ['for', file.hardware] : [])].join(' ');
  const said =
    of(lock) === of(wanted)
      ? [
          ...listMisfits('package', lock.request.packages, request.packages),
          ...listMisfits('repository', lock.request.repositories, request.repositories),
          ...valueMisfit('architecture', lock.request.architecture, request.architecture),
          ...valueMisfit('weak dependencies', lock.request.weakDependencies, request.weakDependencies),
          // Who asks for no medium that installs may leave its packages alone.
          ...(request.installer === undefined
            ? []
            : lock.request.installer === undefined
              ? [
                  'the lock has no packages for a medium that installs: the flavour did not say `outputs: [installer-iso]`',
                ]
              : listMisfits('package of the installer', lock.request.installer, request.installer)),
          ...listMisfits('program of the tools tree', lock.tools.request, wanted.tools),
        ]
      : [`it is a lock of ${of(lock)}, not of ${of(wanted)}`];
  return said.map((message) => ({
    code: 'lock-does-not-fit',
    severity: 'error',
    message: `${shown}: ${message}`,
    hint: updateHint(wanted),
  }));
}

/** The command that brings a lock up to date. */
export function updateHint({ flavour, base, hardware }: Locked): string {
  const more = hardware === undefined ? '' : ` --hardware ${hardware}`;
  return `\`phyllome lock ${flavour} --base ${base}${more} --update\` resolves it anew, and tells first what that changes`;
}

function listMisfits(what: string, before: readonly string[], now: readonly string[]): readonly string[] {
  const added = now.filter((one) => !before.includes(one));
  const gone = before.filter((one) => !now.includes(one));
  return [
    ...added.map((one) => `the ${what} \`${one}\` is asked for, and the lock was made without it`),
    ...gone.map((one) => `the ${what} \`${one}\` is no longer asked for`),
    // Which repository is the first decides where two have the same package.
    ...(added.length + gone.length === 0 && before.join('\n') !== now.join('\n')
      ? [`the order of what is asked for is another one (${what})`]
      : []),
  ];
}

function valueMisfit(what: string, before: string | boolean, now: string | boolean): readonly string[] {
  return before === now ? [] : [`${what}: ${now} is asked for, and the lock was made with ${before}`];
}
