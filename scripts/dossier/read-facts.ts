import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtUsing, ownSource } from './built-using.ts';
import type { Account, Contents, Exposure, FileRecord, Group, Sysctl, ToolPackage, UnitState } from './contents.ts';
import { filesOf } from './files-of-tree.ts';
import { packagesOf } from './packages-of-tree.ts';

/** Where the direct engine's stages left what is known of the tree. */
export interface FactPlaces {
  /** Output of `configure`. */
  readonly configure: string;
  /** Output of `package-files`. */
  readonly packageFiles: string;
  /** The list of exact packages. */
  readonly lock: string;
  /** dpkg's status of the tools tree. */
  readonly toolsStatus: string;
}

/** What is in an image: the large list of files apart. */
export interface Dossier {
  readonly contents: Contents;
  readonly files: readonly FileRecord[];
}

/** `inputHash`: of the manifest; `phyllome`: of this program. @throws when a stage's output is not there */
export function readFacts(
  places: FactPlaces,
  { inputHash, phyllome }: Pick<Contents, 'inputHash' | 'phyllome'>,
): Dossier {
  const facts = (name: string) => readFileSync(path.join(places.configure, 'facts', name), 'utf8');
  const ofPackages = (name: string) => readFileSync(path.join(places.packageFiles, name), 'utf8');
  const lock = readFileSync(places.lock, 'utf8');
  const [passwd, group] = [facts('passwd'), facts('group')];
  return {
    contents: {
      schema: 1,
      inputHash,
      packages: packagesOf(facts('packages'), ofPackages('licences'), lock),
      users: accounts(passwd, facts('passwords')),
      groups: groups(group),
      units: [...units(facts('units'), 'system'), ...units(facts('user-units'), 'user')],
      sysctls: sysctls(facts('sysctls')),
      exposures: exposures(facts('exposures')),
      newestPackage: Number(ofPackages('newest')),
      tools: toolPackages(readFileSync(places.toolsStatus, 'utf8')),
      node: process.version,
      phyllome,
    },
    files: filesOf({
      tree: facts('tree'),
      capabilities: facts('capabilities'),
      sums: ofPackages('sums'),
      owners: ofPackages('owners'),
      changes: readFileSync(path.join(places.configure, 'changes'), 'utf8'),
      undatedShadow: facts('undated-shadow'),
      passwd,
      group,
    }),
  };
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

function accounts(passwd: string, passwords: string): readonly Account[] {
  const states = new Map(linesOf(passwords).map((line) => [line.split('\t')[0], line.split('\t')[1]]));
  return linesOf(passwd).map((line) => {
    const [name = '', , id, group, , home = '', shell = ''] = line.split(':');
    const password = states.get(name);
    return {
      name,
      id: Number(id),
      group: Number(group),
      home,
      shell,
      password: password === 'password' || password === 'no password' ? password : 'locked',
    };
  });
}

function groups(group: string): readonly Group[] {
  return linesOf(group).map((line) => {
    const [name = '', , id, members = ''] = line.split(':');
    return { name, id: Number(id), members: members === '' ? [] : members.split(',').sort() };
  });
}

function units(listed: string, scope: UnitState['scope']): readonly UnitState[] {
  return linesOf(listed).map((line) => {
    const [name = '', state = '', preset = '-'] = line.trim().split(/\s+/);
    return { name, scope, state, preset };
  });
}

/** Lines `UNIT EXPOSURE`. */
function exposures(listed: string): readonly Exposure[] {
  return linesOf(listed)
    .map((line) => line.split(' '))
    .map(([unit = '', exposure]) => ({ unit, exposure: Number(exposure) }))
    .sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

/** What `systemd-sysctl --cat-config` prints: each file below a comment with its path, in the order in which they count. */
function sysctls(printed: string): readonly Sysctl[] {
  const found = new Map<string, Sysctl>();
  let file = '';
  for (const line of linesOf(printed)) {
    file = /^# (\/\S+\.conf)$/.exec(line)?.[1] ?? file;
    const [, key = '', value = ''] = /^\s*-?([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === '') continue;
    const name = sysctlName(key);
    found.set(name, { name, value, file });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `net/ipv4/ip_forward` is `net.ipv4.ip_forward`: what comes first parts the words, and the other is a character of them. */
function sysctlName(key: string): string {
  const first = /[./]/.exec(key)?.[0];
  return first === '/' ? key.replace(/[./]/g, (mark) => (mark === '/' ? '.' : '/')) : key;
}

function toolPackages(status: string): readonly ToolPackage[] {
  return status
    .split('\n\n')
    .filter((paragraph) => /^Status: install ok installed$/m.test(paragraph))
    .map((paragraph) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1] ?? '';
      const [name, version] = [field('Package'), field('Version')];
      const using = builtUsing([field('Built-Using'), field('Static-Built-Using')].join(', '));
      const sources = [ownSource(field('Source'), { name, version }), ...using];
      return { name, version, architecture: field('Architecture'), sources };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
