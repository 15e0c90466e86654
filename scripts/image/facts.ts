import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Manifest } from './manifest.ts';

/** What the configure stage noted about the finished tree, in files of one record a line. */
export interface TreeFacts {
  readonly packages: Manifest['packages'];
  /** Unit name → what systemctl says of its file: enabled, disabled, static, masked, alias … */
  readonly unitStates: ReadonlyMap<string, string>;
  /** The same for units of each user's own manager. */
  readonly userUnitStates: ReadonlyMap<string, string>;
  readonly rootBytes: number;
  /** What starts with the system. */
  readonly startedUnits: readonly StartedUnit[];
  /** What starts with each user's own manager. */
  readonly startedUserUnits: readonly StartedUnit[];
  /** Ways into the system without a password, in words. */
  readonly openLogins: readonly string[];
}

export interface StartedUnit {
  readonly name: string;
  /** The package that it is of; empty for none. */
  readonly owner: string;
}

export function readTreeFacts(directory: string): TreeFacts {
  const lines = (name: string) =>
    readFileSync(path.join(directory, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  return {
    packages: lines('packages').map((line) => {
      const [name = '', version = '', architecture = ''] = line.split('\t');
      return { name, version, architecture };
    }),
    unitStates: states(lines('units')),
    userUnitStates: states(lines('user-units')),
    rootBytes: Number(lines('root-size')[0]),
    startedUnits: started(lines('started-units')),
    startedUserUnits: started(lines('started-user-units')),
    openLogins: lines('open-logins'),
  };
}

/**
 * The state of `unit`, which may be an instance of a template (`getty@tty1.service`).
 * `not-found` when the tree has no such unit.
 */
export function unitState(states: ReadonlyMap<string, string>, unit: string): string {
  return states.get(unit) ?? states.get(unit.replace(/@[^.]+\./, '@.')) ?? 'not-found';
}

function started(lines: readonly string[]): readonly StartedUnit[] {
  return lines.map((line) => {
    const [name = '', owner = ''] = line.split('\t');
    return { name, owner };
  });
}

function states(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(lines.map((line) => [line.split(/\s+/)[0] ?? '', line.split(/\s+/)[1] ?? '']));
}
