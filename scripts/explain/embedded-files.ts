/** A file that a script writes with `put`, as `render/embedded-file.ts` spells it. */
interface EmbeddedFile {
  readonly path: string;
  /** Mode and owner. */
  readonly how: string;
  readonly content: string;
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
    const [, , piped, path = '', mode, owner, direct] = match;
    const terminator = piped ?? direct;
    const content: string[] = [];
    if (terminator !== undefined) {
      for (index++; index < lines.length && lines[index] !== terminator; index++) content.push(lines[index] ?? '');
    }
    found.push({ path: path.replace(/^'(.*)'$/, '$1'), how: `${mode} ${owner}`, content: content.join('\n') });
  }
  return { found, rest: rest.join('\n') };
}
