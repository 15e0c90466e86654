/** A file that a script writes with `put`, as `render/embedded-file.ts` spells it. */
export interface EmbeddedFile {
  readonly path: string;
  /** Mode and owner: `0644 root:root`; with `base64` behind them where the content is spelled so. */
  readonly how: string;
  /** The text that is written, or its base64. */
  readonly content: string;
  /** The lines of the content in what was read: the first, from 0, and the one behind the last. */
  readonly lines: readonly [start: number, end: number];
}

const PUT = /^(?:(head -c -1|base64 -d) <<'(\w+)' \| )?put (\S+) (\d{4}) (\S+)(?: <<'(\w+)'| < \/dev\/null)?$/;

/** The files that a script writes, and the script without them. */
export function filesIn(body: string): { readonly found: readonly EmbeddedFile[]; readonly rest: string } {
  const found: EmbeddedFile[] = [];
  const rest: string[] = [];
  const lines = body.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const match = PUT.exec(line);
    if (!match) {
      rest.push(line);
      continue;
    }
    const [, filter, piped, path = '', mode, owner, direct] = match;
    const terminator = piped ?? direct;
    const content: string[] = [];
    const start = index + 1;
    if (terminator !== undefined) {
      for (index++; index < lines.length && lines[index] !== terminator; index++) content.push(lines[index] ?? '');
      if (filter === undefined) content.push('');
    }
    const end = terminator === undefined ? start : index;
    const how = filter === 'base64 -d' ? `${mode} ${owner} base64` : `${mode} ${owner}`;
    found.push({ path: path.replace(/^'(.*)'$/, '$1'), how, content: content.join('\n'), lines: [start, end] });
  }
  return { found, rest: rest.join('\n') };
}
