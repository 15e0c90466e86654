import type { Document, Section } from 'kickstart-parser';
import { type EmbeddedFile, filesIn } from './embedded-files.ts';

/** A script of a rendered kickstart, taken apart. */
export interface ScriptParts {
  /** Whose it is: `component qemu`, or the first sentence of its remark. */
  readonly title: string;
  readonly files: readonly EmbeddedFile[];
  readonly directories: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, string>;
  /** Unit names, `NAME (user)` for those of users' managers. */
  readonly masked: readonly string[];
  /** Shell functions by name. */
  readonly functions: ReadonlyMap<string, string>;
  /** Its header and all that it does besides, without remarks and blank lines. */
  readonly rest: string;
  /** Header and body without remarks and blank lines; what files hold is as it is. */
  readonly essence: string;
}

const PRESET_FILE = /^\/usr\/lib\/systemd\/(?:system|user)-preset\/50-phyllome\.preset$/;
const DIRECTORY = /^install -d (-m \S+ -o \S+ -g \S+) (\S+)\n/gm;
const LINK = /^(?:mkdir -p \S+\n)?ln -sfn (\S+) (\S+)\n/gm;
const MASK = /^systemctl( --global)? mask((?: *\\\n *\S+)+)\n/gm;
const FUNCTION = /^(\w+)\(\) \{\n[\s\S]*?\n\}\n/gm;

/** The same script stands in many kickstarts of a set. */
const known = new Map<string, ScriptParts>();

/** Every section of a kickstart but `%packages`, taken apart, in order. */
export function scriptsOf({ nodes }: Document): readonly ScriptParts[] {
  return nodes.flatMap((node) => (node.kind === 'section' && node.name !== '%packages' ? [partsOf(node)] : []));
}

export function partsOf({ header, body }: Section): ScriptParts {
  const key = header.text + body;
  const parts = known.get(key) ?? takeApart(header.text.trim(), body);
  known.set(key, parts);
  return parts;
}

/** Whether the file is the preset, whose statements are the units of a profile. */
export function isPreset(path: string): boolean {
  return PRESET_FILE.test(path);
}

/** A unit of users' managers may have the name of a system unit: it is named apart. */
export function unitName(name: string, ofUsers: boolean): string {
  return ofUsers ? `${name} (user)` : name;
}

function takeApart(header: string, body: string): ScriptParts {
  const { found, rest } = filesIn(body);
  const code = withoutRemarks(rest);
  const files = found.map(({ path, how, content }) => [how, path, isPreset(path) ? withoutRemarks(content) : content]);
  const masked = [...code.matchAll(MASK)].flatMap(([, global, names = '']) =>
    names
      .split(/[\s\\]+/)
      .filter(Boolean)
      .map((name) => unitName(name, global !== undefined)),
  );
  return {
    title: titleOf(body),
    files: found,
    directories: new Map([...code.matchAll(DIRECTORY)].map(([, how = '', path = '']) => [path, how])),
    links: new Map([...code.matchAll(LINK)].map(([, target = '', path = '']) => [path, target])),
    masked,
    functions: new Map([...code.matchAll(FUNCTION)].map(([text, name = '']) => [name, text])),
    rest: [FUNCTION, DIRECTORY, LINK, MASK].reduce((left, told) => left.replace(told, ''), `${header}\n${code}`),
    essence: JSON.stringify([header, code, files]),
  };
}

/** A component's name stays where its reason is said anew. */
function titleOf(body: string): string {
  const remark = /^# (.*)$/m.exec(body)?.[1] ?? 'a script without a remark';
  const component = /^Component (\S+): /.exec(remark)?.[1];
  return component === undefined ? remark.replace(/\.(?: .*)?$/, '') : `component ${component}`;
}

/** A script without comment lines and blank lines; as it is where they may be another program's text. */
function withoutRemarks(text: string): string {
  return text.includes('<<') ? text : text.replace(/^[ \t]*(?:#.*)?\n/gm, '');
}
