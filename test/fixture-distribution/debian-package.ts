/** A Debian package, as far as the fixture distribution needs it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  /** `all`, or that of the machine. */
  readonly architecture: string;
  readonly summary: string;
  /** What it needs: of each inner list one is enough. Versions and architectures are left out. */
  readonly depends: readonly (readonly string[])[];
  readonly recommends: readonly (readonly string[])[];
  /** Names that others may ask for. */
  readonly provides: readonly string[];
  /** Absolute paths of configuration that an administrator may change. */
  readonly configuration: ReadonlySet<string>;
  readonly entries: readonly Entry[];
}

export interface Entry {
  /** Absolute; `/` is the root directory. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link';
  /** Absent where it is root's. */
  readonly group?: string;
}

/**
 * Reads what `dpkg-deb --field`, the member `conffiles`, and `tar --list --verbose --numeric-owner` of the files say of one package.
 * @throws when the fields lack a name or version, or a line of the listing is of another form
 */
export function readDebianPackage(fields: string, configuration: string, listing: string): DebianPackage {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(fields)?.[1]?.trim() ?? '';
  const required = (name: string) => {
    const value = field(name);
    if (value === '') throw new Error(`a Debian package has no field ${name}:\n${fields}`);
    return value;
  };
  return {
    name: required('Package'),
    version: required('Version'),
    architecture: required('Architecture'),
    summary: field('Description'),
    depends: [...relations(field('Pre-Depends')), ...relations(field('Depends'))],
    recommends: relations(field('Recommends')),
    provides: relations(field('Provides')).flat(),
    // A file that is no longer in the package is in the list with a word behind it.
    configuration: new Set(configuration.split('\n').filter((line) => /^\/\S+$/.test(line))),
    entries: listing.split('\n').flatMap((line) => (line === '' ? [] : [entryOf(line)])),
  };
}

/** `a (>= 1) | b:any, c` as `[[a, b], [c]]`. */
function relations(text: string): string[][] {
  return text
    .split(',')
    .map((alternatives) => alternatives.split('|').flatMap((one) => /^\s*([a-z0-9][a-z0-9.+-]*)/.exec(one)?.[1] ?? []))
    .filter((alternatives) => alternatives.length > 0);
}

/** By the numbers that Debian's base system gives; no package has others in its archive. */
const GROUPS: Readonly<Record<string, string>> = { 0: 'root', 8: 'mail', 42: 'shadow', 43: 'utmp', 50: 'staff' };

const KINDS = { '-': 'file', h: 'file', d: 'directory', l: 'link' } as const;

function entryOf(line: string): Entry {
  const [, letter, owner, group, rest] =
    /^([-hdl])\S{9} +(\d+)\/(\d+) +\d+ \d{4}-\d\d-\d\d \d\d:\d\d \.(\/.*)$/.exec(line) ?? [];
  if (letter === undefined || group === undefined || rest === undefined)
    throw new Error(`tar lists what is not understood: ${line}`);
  const separator = { l: ' -> ', h: ' link to ' }[letter];
  const named = separator === undefined ? rest : rest.slice(0, rest.indexOf(separator));
  const name = GROUPS[group];
  if (owner !== '0' || name === undefined) throw new Error(`an owner is not known: ${line}`);
  return {
    path: named.length > 1 ? named.replace(/\/$/, '') : named,
    kind: KINDS[letter as keyof typeof KINDS],
    ...(name !== 'root' && { group: name }),
  };
}
