import type { ResolvedFile } from '../flavour/index.ts';
import { terminatorFor } from '../process/index.ts';
import { canCarry } from './here-document.ts';
import { mark, markFollowing, type Place } from './origin-marks.ts';
import { shellWord } from './quoting.ts';

/** A file on its way into the kickstart. */
export interface EmbeddedFile {
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly content: ResolvedFile['content'];
  /** Where line n of the content comes from, n from 1. */
  readonly placeOfLine: (line: number) => Place;
}

/** An overlay file stands in many kickstarts: its lines are made once. */
const written = new WeakMap<EmbeddedFile['content'], Map<string, string>>();

/** The shell lines that write the file through the function `put`, each marked with where it comes from. */
export function writeFile(file: EmbeddedFile): string {
  const first = file.placeOfLine(1);
  const key = [file.path, file.mode, file.owner, file.group, first.file, first.line].join('\n');
  const known = written.get(file.content) ?? new Map<string, string>();
  const text = known.get(key) ?? linesThatWrite(file);
  written.set(file.content, known.set(key, text));
  return text;
}

function linesThatWrite(file: EmbeddedFile): string {
  const put = `put ${shellWord(file.path)} ${file.mode} ${shellWord(`${file.owner}:${file.group}`)}`;
  const at = (line: number): string => mark(file.placeOfLine(line));
  const { content } = file;
  if (!('text' in content) || !canCarry(content.text)) {
    const base64 = 'text' in content ? Buffer.from(content.text, 'utf8').toString('base64') : content.base64;
    const lines = base64.match(/.{1,100}/g) ?? [];
    return [`${at(1)}base64 -d <<'EOF' | ${put}`, ...lines.map((line) => at(1) + line), `${at(1)}EOF`].join('\n');
  }
  const { text } = content;
  if (text === '') return `${at(1)}${put} < /dev/null`;
  const lines = text.replace(/\n$/, '').split('\n');
  const terminator = terminatorFor(lines);
  // A here-document always ends its last line; one byte is taken off again where the file does not.
  const command = text.endsWith('\n') ? `${put} <<'${terminator}'` : `head -c -1 <<'${terminator}' | ${put}`;
  return [
    at(1) + command,
    ...lines.map((line, index) => markOf(file, index + 1) + line),
    at(lines.length) + terminator,
  ].join('\n');
}

/** The mark of a line; empty where the line follows the one before in its file. */
function markOf({ placeOfLine }: EmbeddedFile, line: number): string {
  const here = placeOfLine(line);
  if (line === 1) return markFollowing(here);
  const before = placeOfLine(line - 1);
  return before.file === here.file && before.line + 1 === here.line ? '' : markFollowing(here);
}
