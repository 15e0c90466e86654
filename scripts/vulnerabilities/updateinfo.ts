import { compareRpmVersions } from '../repository/index.ts';
import type { Found } from './found.ts';

/** An update that mends vulnerabilities, as a repository's `updateinfo.xml` tells it. */
export interface SecurityUpdate {
  /** `FEDORA-2026-0123456789` */
  readonly advisory: string;
  readonly title: string;
  /** In small letters; `none` where nobody said. */
  readonly severity: string;
  /** Names of vulnerabilities that it refers to. */
  readonly cves: readonly string[];
  readonly packages: readonly UpdatedPackage[];
}

interface UpdatedPackage {
  readonly name: string;
  readonly architecture: string;
  /** `[EPOCH:]VERSION-RELEASE` */
  readonly version: string;
  /** Of its source package; empty where it is not told. */
  readonly source: string;
}

/** The security updates in the text of an `updateinfo.xml`; undefined where it is none. */
export function securityUpdatesIn(xml: string): readonly SecurityUpdate[] | undefined {
  if (!/<updates[\s>/]/.test(xml.slice(0, 2000))) return undefined;
  return [...elements(xml, 'update')].flatMap(({ attributes, inside }) => {
    if (attributes.get('type') !== 'security') return [];
    const references = [...elements(inside, 'reference')];
    // Fedora refers to its bugs, whose titles begin with the names of what they are about; others to the names themselves.
    const words = references.flatMap(({ attributes: one }) => [one.get('id') ?? '', one.get('title') ?? '']);
    const cves = new Set(words.flatMap((word) => word.match(/\bCVE-\d{4}-\d{4,}\b/g) ?? []));
    return [
      {
        advisory: textIn(inside, 'id'),
        title: textIn(inside, 'title'),
        severity: textIn(inside, 'severity').toLowerCase() || 'none',
        cves: [...cves].sort(),
        packages: [...elements(inside, 'package')].map(({ attributes: one }) => updated(one)),
      },
    ];
  });
}

/** What of it is not installed yet; the version that mends it is the first that does. */
export function openInUpdates(
  updates: readonly SecurityUpdate[],
  installed: readonly { readonly name: string; readonly version: string; readonly architecture: string }[],
): readonly Found[] {
  const byName = new Map<string, (typeof installed)[number][]>();
  for (const one of installed) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const found = new Map<string, Found>();
  for (const { advisory, title, severity, cves, packages } of updates) {
    for (const { name, architecture, version, source } of packages) {
      for (const one of byName.get(name) ?? []) {
        const isOther = one.architecture !== architecture || compareRpmVersions(one.version, version) >= 0;
        if (isOther) continue;
        for (const id of cves.length > 0 ? cves : [advisory]) {
          const key = `${id} ${source || name} ${one.version}`;
          const before = found.get(key);
          const isEarlier = before?.fixed === undefined || compareRpmVersions(version, before.fixed) < 0;
          found.set(key, {
            id,
            source: source || name,
            installed: one.version,
            fixed: isEarlier ? version : (before.fixed ?? version),
            urgency: isEarlier ? severity : before.urgency,
            state: 'open',
            ...(title !== '' && { description: title }),
            note: isEarlier ? advisory : (before.note ?? advisory),
            packages: [...new Set([...(before?.packages ?? []), name])].sort(),
          });
        }
      }
    }
  }
  return [...found.values()];
}

function updated(attributes: ReadonlyMap<string, string>): UpdatedPackage {
  const value = (name: string) => attributes.get(name) ?? '';
  const epoch = value('epoch');
  return {
    name: value('name'),
    architecture: value('arch'),
    version: `${epoch === '' || epoch === '0' ? '' : `${epoch}:`}${value('version')}-${value('release')}`,
    source: /(?:^|\/)([^/]+)-[^-/]+-[^-/]+\.src\.rpm$/.exec(value('src'))?.[1] ?? '',
  };
}

interface Element {
  readonly attributes: ReadonlyMap<string, string>;
  readonly inside: string;
}

/** The elements of a name, none of which has one of the same name in it. A list of a release has some ten thousand: no tree is made. */
function* elements(xml: string, name: string): Generator<Element> {
  const start = new RegExp(`<${name}((?:\\s+[\\w:-]+\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*(/?)>`, 'g');
  for (const match of xml.matchAll(start)) {
    const from = match.index + match[0].length;
    const end = match[2] === '/' ? from : xml.indexOf(`</${name}>`, from);
    yield { attributes: attributesIn(match[1] ?? ''), inside: end < 0 ? '' : xml.slice(from, end) };
  }
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...found].map(([, name = '', one, other]) => [name, plain(one ?? other ?? '')]));
}

function textIn(xml: string, name: string): string {
  const [first] = elements(xml, name);
  return plain(first?.inside.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1') ?? '').trim();
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function plain(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi,
    (whole, digits?: string, hex?: string, word = '') => {
      const code = digits === undefined ? (hex === undefined ? undefined : Number.parseInt(hex, 16)) : Number(digits);
      if (code === undefined) return ENTITIES[word] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
