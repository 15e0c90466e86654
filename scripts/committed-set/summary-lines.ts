import type { Part } from '../explain/index.ts';

/** What a line of a summary says. */
export interface Entry {
  readonly part: Part;
  readonly name: string;
  /** As in a profile with checksums. */
  readonly value: string;
  /** A component, `flavour NAME` or `templates`; of a file, its source. */
  readonly by: string;
  /** Of a file that a template makes, where its text is committed. */
  readonly text?: string;
}

const BY_BRINGER: readonly Part[] = ['packages', 'units', 'kernel arguments'];
const SEPARATOR = ', ';

/** The lines for entries of one part: those that are names only stand together by who brings them. */
export function writeLines(part: Part, entries: readonly Entry[]): readonly string[] {
  if (!BY_BRINGER.includes(part)) return entries.map((entry) => `  ${detailed(part, entry)}`);
  const groups = new Map<string, string[]>();
  for (const { name, value, by } of entries) {
    const head = value === '' ? by : `${value} by ${by}`;
    groups.set(head, [...(groups.get(head) ?? []), name]);
  }
  return [...groups].map(([head, names]) => `  ${head}: ${names.join(SEPARATOR)}`);
}

function detailed(part: Part, { name, value, by, text }: Entry): string {
  if (part === 'files') {
    return `${name}: ${value.replace('\nsha256:', ' ')} ${by}${text === undefined ? '' : ` (${text})`}`;
  }
  const said = part === 'scripts' ? value.replace('sha256:', '') : value;
  return said === '' ? name : `${name}: ${said}`;
}

/** What a line of a part says; nothing where it is no such line. */
export function readLine(part: Part, line: string): readonly Entry[] | undefined {
  if (!line.startsWith('  ')) return undefined;
  const text = line.slice(2);
  const colon = part === 'scripts' ? text.lastIndexOf(': ') : text.indexOf(': ');
  const [name, said] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 2)];
  if (BY_BRINGER.includes(part)) {
    const [, value = '', by = name] = /^(\w+) by (.*)$/.exec(name) ?? [];
    return said.split(SEPARATOR).map((one) => ({ part, name: one, value, by }));
  }
  if (part === 'scripts') return [{ part, name, value: `sha256:${said}`, by: '' }];
  if (part !== 'files') return [{ part, name, value: said, by: '' }];
  const [, how, checksum, by = ''] =
    /^(\d{4} \S+(?: base64)?)(?: ([0-9a-f]{16}))? (\S+)(?: \(\S+\))?$/.exec(said) ?? [];
  if (how === undefined) return undefined;
  return [{ part, name, value: checksum === undefined ? how : `${how}\nsha256:${checksum}`, by }];
}
