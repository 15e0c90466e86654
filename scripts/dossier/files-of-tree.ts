import type { FileRecord } from './contents.ts';

/** What the direct engine's stages noted of the files, as text. */
export interface TreeTexts {
  /** Path, type, mode, numbers of owner and group, size and target of each, with a NUL behind each. */
  readonly tree: string;
  /** What getcap prints. */
  readonly capabilities: string;
  /** What `sha256sum -z` prints of the files of packages. */
  readonly sums: string;
  /** Lines `PACKAGE <tab> PATH`. */
  readonly owners: string;
  /** Lines `PATH <tab> SHA-256`, and others, of what configuration changed. */
  readonly changes: string;
  /** Hash of `/etc/shadow` without the days on which passwords were set, which are those of the build. */
  readonly undatedShadow: string;
  readonly passwd: string;
  readonly group: string;
}

const TYPES: Readonly<Record<string, FileRecord['type']>> = { f: 'file', d: 'directory', l: 'link' };

/** Every file of the tree, sorted by path: what configuration wrote has the hash that it has there, all others that of their package's. */
export function filesOf(texts: TreeTexts): readonly FileRecord[] {
  const sums = sumsOf(texts.sums);
  const owners = ownersOf(texts.owners);
  const changed = changedIn(texts.changes);
  const capabilities = new Map(
    texts.capabilities.split('\n').map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(1, at), line.slice(at + 1)];
    }),
  );
  const [userNames, groupNames] = [namesIn(texts.passwd), namesIn(texts.group)];
  const fields = texts.tree.split('\0');
  const records: FileRecord[] = [];
  for (let index = 0; index + 5 < fields.length; index += 6) {
    const [path = '', kind = '', mode = '', numbers = '', size = '', target = ''] = fields.slice(index, index + 6);
    const [user = '', group = ''] = numbers.split(':');
    const type = TYPES[kind] ?? 'other';
    const own = changed.get(path);
    const content = path === '/etc/shadow' ? texts.undatedShadow.trim() : isSum(own) ? own : sums.get(path);
    const sha256 = type === 'file' ? content : undefined;
    const owner = owners.get(path);
    const capability = capabilities.get(path);
    records.push({
      path,
      type,
      mode: mode.padStart(4, '0'),
      owner: `${userNames.get(user) ?? user}:${groupNames.get(group) ?? group}`,
      // How much a directory takes is the file system's business.
      size: type === 'file' ? Number(size) : 0,
      ...(sha256 !== undefined && { sha256 }),
      ...(type === 'link' && { target }),
      ...(capability !== undefined && { capabilities: capability }),
      ...(owner !== undefined && { package: owner }),
      ...(own !== undefined && type !== 'directory' && { configured: true }),
    });
  }
  return records.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isSum = (text: string | undefined): text is string => text !== undefined && /^[0-9a-f]{64}$/.test(text);

/** Path → its hash where that is told: files have a line with it, and one with their mode. */
function changedIn(changes: string): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const line of changes.split('\n')) {
    const at = line.lastIndexOf('\t');
    const [path, state] = [line.slice(0, at), line.slice(at + 1)];
    if (isSum(state) || !changed.has(path)) changed.set(path, state);
  }
  return changed;
}

/** Records `SUM  ./PATH`, with a NUL behind each. */
function sumsOf(printed: string): ReadonlyMap<string, string> {
  return new Map(printed.split('\0').map((record) => [record.slice(67), record.slice(0, 64)]));
}

/** Path → package; of a directory one of several. Files at the old place of `/usr` are told where they are. */
function ownersOf(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines.split('\n').map((line) => {
      const at = line.indexOf('\t');
      return [line.slice(at + 1).replace(/^\/(?=(?:bin|sbin|lib|lib32|lib64|libx32)\/)/, '/usr/'), line.slice(0, at)];
    }),
  );
}

/** The names of passwd's and group's lines, by number; the first counts. */
function namesIn(database: string): ReadonlyMap<string, string> {
  const pairs = database.split('\n').map((line): readonly [string, string] => {
    const [name = '', , id = ''] = line.split(':');
    return [id, name];
  });
  return new Map(pairs.reverse());
}
