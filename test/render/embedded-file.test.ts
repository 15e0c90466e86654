import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { parse, print } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { type EmbeddedFile, writeFile } from '../../scripts/render/embedded-file.ts';
import { cutMarks } from '../../scripts/render/origin-marks.ts';

const CONTENTS: readonly (readonly [string, string])[] = [
  ['one line', 'a\n'],
  ['nothing', ''],
  ['no final newline', 'a\nb'],
  ['many final newlines', 'a\n\n\n'],
  ['only a newline', '\n'],
  ['spaces at the ends', '  a  \n\t\n'],
  ['the terminator', 'EOF\nEOF_2\n EOF\n'],
  ['what a shell would expand', '$HOME `id` \\ $(id) \'"\n'],
  ['CRLF', 'a\r\nb\r\n'],
  ['a carriage return alone', 'a\rb\n'],
  ['a form feed', 'a\fb\n'],
  ['a line separator of Unicode', 'a\u2028b\n'],
  ['the end of a section', 'a\n%end\nb\n'],
  ['a section inside, indented', '  %packages\n'],
  ['an include', '%include /etc/passwd\n'],
  ['a percent word of no meaning', '%wheel ALL=(ALL) ALL\n'],
  ['wide characters', '日本語 🙂\n'],
  ['backslash at the end', 'a \\\nb\\'],
];

const file = (content: EmbeddedFile['content']): EmbeddedFile => ({
  path: 'target/file',
  mode: '0640',
  owner: 'root',
  group: 'root',
  content,
  placeOfLine: (line) => ({ file: 'source', line }),
});

/** What a shell writes that runs the lines as a kickstart carries them; one shell for all, as starting it takes longest. */
function written(contents: readonly EmbeddedFile['content'][]): Buffer[] {
  const files = contents.map((content, index) => ({ ...file(content), path: `target/${index}` }));
  const kickstart = `%post\n${files.map((one) => cutMarks(`${writeFile(one)}\n`, new Set()).text).join('')}%end\n`;
  const document = parse(kickstart, { file: 'x' });
  expect(document.nodes.map(({ kind }) => kind)).toEqual(['section']);
  expect(print(document)).toBe(kickstart);
  const body = document.nodes.map((node) => (node.kind === 'section' ? node.body : '')).join('');

  const folder = mkdtempSync(path.join(tmpdir(), 'phyllome-embed-'));
  const put = 'mkdir target; put() { cat > "$1"; printf "%s %s" "$2" "$3" > "$1.how"; }';
  writeFileSync(path.join(folder, 'script'), `${put}\n${body}`);
  execFileSync('sh', ['-eu', 'script'], { cwd: folder });
  const bytes = files.map((one) => readFileSync(path.join(folder, one.path)));
  for (const one of files) expect(readFileSync(path.join(folder, `${one.path}.how`), 'utf8')).toBe('0640 root:root');
  rmSync(folder, { recursive: true });
  return bytes;
}

test.each(CONTENTS)('%s arrives byte by byte', (_, text) => {
  expect(written([{ text }]).map(String)).toEqual([text]);
});

test('binary arrives byte by byte', () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
  expect(written([{ base64: bytes.toString('base64') }])[0]?.equals(bytes)).toBe(true);
});

test('any texts arrive byte by byte', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('EOF', '%end', '%include x', '', ' ', '\\', '%%'),
  );
  const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n').replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(text, { minLength: 30, maxLength: 30 }), (texts) => {
      expect(written(texts.map((value) => ({ text: value }))).map(String)).toEqual(texts);
    }),
    { numRuns: 2, seed: 7 },
  );
});

test('text stays readable wherever a kickstart can carry it', () => {
  const readable = (text: string): boolean => !writeFile(file({ text })).includes('base64');
  expect(readable('%wheel ALL\n\tEOF\n$x 日本\n')).toBe(true);
  expect(readable('%end\n')).toBe(false);
});

test('each line knows the line of its source', () => {
  const { text, lines, sources } = cutMarks(`${writeFile(file({ text: 'a\nb\n' }))}\n`, new Set());
  expect(text.split('\n')).toEqual(["put target/file 0640 root:root <<'EOF'", 'a', 'b', 'EOF', '']);
  expect(lines.map(([source, line]) => `${sources[source]}:${line}`)).toEqual([
    'source:1',
    'source:1',
    'source:2',
    'source:2',
  ]);
});
