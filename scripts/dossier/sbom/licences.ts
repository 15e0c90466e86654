import ids from 'spdx-license-ids/index.json' with { type: 'json' };

/** SPDX's identifiers by their names in small letters. */
const KNOWN = new Map(ids.map((id) => [id.toLowerCase(), id]));

/** Names of Debian's copyright format, or usual in it, that SPDX calls otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'apache-2': 'Apache-2.0',
  artistic: 'Artistic-1.0',
  'bsd-2': 'BSD-2-Clause',
  'bsd-3': 'BSD-3-Clause',
  cc0: 'CC0-1.0',
  expat: 'MIT',
  'gfdl-niv-1.2': 'GFDL-1.2-no-invariants-only',
  'gfdl-niv-1.2+': 'GFDL-1.2-no-invariants-or-later',
  'gfdl-niv-1.3': 'GFDL-1.3-no-invariants-only',
  'gfdl-niv-1.3+': 'GFDL-1.3-no-invariants-or-later',
};

const EXCEPTIONS: Readonly<Record<string, string>> = {
  'autoconf-2': 'Autoconf-exception-2.0',
  'autoconf-3': 'Autoconf-exception-3.0',
  bison: 'Bison-exception-2.2',
  classpath: 'Classpath-exception-2.0',
  font: 'Font-exception-2.0',
  libtool: 'Libtool-exception',
  'linux-syscall-note': 'Linux-syscall-note',
  llvm: 'LLVM-exception',
  texinfo: 'Texinfo-exception',
};

/** What a package says of its licences, in SPDX's words. */
export interface Declared {
  readonly expression: string;
  /** Reference → the name that Debian's copyright file has for a licence that SPDX does not list. */
  readonly references: ReadonlyMap<string, string>;
}

/** All of the names hold, each for a part of the files. Undefined where there are none: nothing is guessed. */
export function declaredLicence(names: readonly string[]): Declared | undefined {
  if (names.length === 0) return undefined;
  const references = new Map<string, string>();
  const synopses = names.map((name) => synopsis(name, references));
  const parts = synopses.flatMap((one) => (one.includes(' OR ') ? [one] : one.split(' AND ')));
  return { expression: joined([...new Set(parts)].sort(), 'AND'), references };
}

/** `GPL-1+ or Artistic, and Expat`: a comma binds least, `and` most. */
function synopsis(text: string, references: Map<string, string>): string {
  const [first = '', ...more] = text.split(/\s*,\s*(?:(and|or)\s+)?/i);
  let expression = alternatives(first, references);
  for (let index = 0; index + 1 < more.length; index += 2) {
    const word = more[index]?.toLowerCase() === 'or' ? 'OR' : 'AND';
    expression = joined([expression, alternatives(more[index + 1] ?? '', references)], word);
  }
  return expression;
}

function alternatives(text: string, references: Map<string, string>): string {
  const any = text.split(/\s+or\s+/i).map((all) => {
    const terms = all.split(/\s+and\s+/i).map((name) => licence(name.trim(), references));
    return joined(terms, 'AND');
  });
  return joined(any, 'OR');
}

/** What has the other word in it is put into parentheses. */
function joined(expressions: readonly string[], word: 'AND' | 'OR'): string {
  if (expressions.length === 1) return expressions[0] ?? '';
  const other = word === 'AND' ? ' OR ' : ' AND ';
  return expressions.map((one) => (one.includes(other) ? `(${one})` : one)).join(` ${word} `);
}

function licence(name: string, references: Map<string, string>): string {
  const [, plain = name, exception] = /^(.*?)\s+with\s+(.*?)\s+exception$/i.exec(name) ?? [];
  const id = identifier(plain);
  if (id !== undefined && exception === undefined) return id;
  const version = /^GPL-([23])/.exec(id ?? '')?.[1];
  const known =
    exception && (EXCEPTIONS[exception.toLowerCase()] ?? EXCEPTIONS[`${exception.toLowerCase()}-${version}`]);
  if (id !== undefined && known) return `${id} WITH ${known}`;
  const reference = `LicenseRef-Debian-${name.replaceAll('+', '-or-later').replace(/[^A-Za-z0-9.]+/g, '-')}`.replace(
    /-$/,
    '',
  );
  references.set(reference, name);
  return reference;
}

function identifier(name: string): string | undefined {
  const small = name.toLowerCase();
  const other = OTHER_NAMES[small] ?? KNOWN.get(small);
  if (other !== undefined) return other;
  const [, family, version = '', later] = /^(A?GPL|LGPL|GFDL)-([\d.]+)(\+)?$/i.exec(name) ?? [];
  if (family !== undefined) {
    const full = version.includes('.') ? version : `${version}.0`;
    return KNOWN.get(`${family.toLowerCase()}-${full}${later === undefined ? '-only' : '-or-later'}`);
  }
  const base = name.endsWith('+') ? KNOWN.get(small.slice(0, -1)) : undefined;
  return base === undefined ? undefined : `${base}+`;
}
