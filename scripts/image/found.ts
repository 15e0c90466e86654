import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { StartedUnit } from './facts.ts';
import type { Manifest } from './manifest.ts';

/** What was seen on an image that an installer made. */
export interface Found {
  readonly hostname: string;
  /** `LANG`, `KEYMAP`, and what graphical sessions take: `us`, `de (nodeadkeys)`. */
  readonly language: string;
  readonly keyMap: string;
  readonly layout: string;
  /** The same in the X server's own file. */
  readonly serverLayout: string;
  /** `Etc/UTC` */
  readonly timezone: string;
  /** 0: each machine makes its own. */
  readonly machineIdBytes: number;
  readonly accounts: readonly FoundAccount[];
  /** Files that an installer left about its own work. */
  readonly logs: readonly string[];
  readonly unitStates: ReadonlyMap<string, string>;
  readonly userUnitStates: ReadonlyMap<string, string>;
  readonly startedUnits: readonly StartedUnit[];
  readonly startedUserUnits: readonly StartedUnit[];
  /** Path → SHA-256 of the files that the kickstart writes. */
  readonly files: ReadonlyMap<string, string>;
  /** `bios`, `uefi`: by what a disk starts. */
  readonly loaders: readonly string[];
  /** The kernel's arguments in each boot entry. */
  readonly entries: readonly string[];
  readonly packages: Manifest['packages'];
  /** Package → what it requires, and → what it provides. */
  readonly requires: ReadonlyMap<string, readonly string[]>;
  readonly provides: ReadonlyMap<string, readonly string[]>;
}

export interface FoundAccount {
  readonly name: string;
  readonly uid: number;
  readonly password: 'none' | 'locked' | 'set';
  readonly groups: readonly string[];
}

/** Files of `directory`, in the order in which they are written: the last is there when all are. */
const lastFile = 'provides';

/** Undefined where nobody could look at the image, or not at all of it. */
export function readFound(directory: string): Found | undefined {
  if (!existsSync(path.join(directory, lastFile))) return undefined;
  const text = (name: string) => {
    const file = path.join(directory, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  const records = (name: string, separator: string | RegExp) =>
    text(name)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => line.trim().split(separator));
  const console_ = settings(text('vconsole.conf'));
  const passwords = new Map(records('passwords', ':').map(([name = '', state = '']) => [name, state]));
  const groups = records('groups', ':').map(([name = '', members = '']) => ({ name, members: members.split(',') }));
  const states = (name: string) => new Map(records(name, /\s+/).map(([unit = '', state = '']) => [unit, state]));
  const started = (name: string) => records(name, '\t').map(([unit = '', owner = '']) => ({ name: unit, owner }));
  return {
    hostname: text('hostname').trim(),
    language: settings(text('locale.conf')).get('LANG') ?? '',
    keyMap: console_.get('KEYMAP') ?? '',
    layout: layoutOf(console_.get('XKBLAYOUT'), console_.get('XKBVARIANT')),
    serverLayout: layoutOf(
      serverOption(text('00-keyboard.conf'), 'Layout'),
      serverOption(text('00-keyboard.conf'), 'Variant'),
    ),
    timezone: text('localtime')
      .trim()
      .replace(/^.*\/zoneinfo\//, ''),
    machineIdBytes: Number(text('machine-id-size')),
    accounts: records('users', ':').map(([name = '', uid = '']) => ({
      name,
      uid: Number(uid),
      password: (passwords.get(name) ?? 'locked') as FoundAccount['password'],
      groups: groups.filter(({ members }) => members.includes(name)).map((group) => group.name),
    })),
    logs: records('logs', '\n').map(([file = '']) => file),
    unitStates: states('units'),
    userUnitStates: states('user-units'),
    startedUnits: started('started-units'),
    startedUserUnits: started('started-user-units'),
    files: new Map(records('files', ' ').map(([hash = '', file = '']) => [file, hash])),
    loaders: records('loaders', '\n').map(([loader = '']) => loader),
    entries: text('arguments')
      .split('\n')
      .filter((line) => line.trim() !== ''),
    packages: records('packages', '\t')
      .map(([name = '', version = '', architecture = '']) => ({ name, version, architecture }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    requires: gathered(records('requires', '\t')),
    provides: gathered(records('provides', '\t')),
  };
}

/** Lines `NAME="value"`. */
function settings(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, name = '', value = '']) => [name, value]));
}

function serverOption(text: string, name: string): string | undefined {
  return new RegExp(`^\\s*Option\\s+"Xkb${name}"\\s+"([^"]*)"`, 'm').exec(text)?.[1];
}

function layoutOf(layout = '', variant = ''): string {
  return variant === '' ? layout : `${layout} (${variant})`;
}

function gathered(records: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const [name = '', value = ''] of records) {
    const values = all.get(name) ?? [];
    values.push(value);
    all.set(name, values);
  }
  return all;
}
