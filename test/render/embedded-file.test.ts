import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { parse, print } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { type EmbeddedFile, writeFile } from '../../scripts/render/embedded-file.ts';
import { cutMarks } from '../../scripts/render/origin-marks.ts';
import { anyText } from '../any-text.ts';

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
  const line = fc.oneof(anyText, fc.constantFrom('EOF', '%end', '%include x', '', ' ', '\\', '%%'));
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

test('binary, and text that no kickstart carries, are written in lines of a hundred characters', () => {
  const { text } = cutMarks(`${writeFile(file({ base64: `${'A'.repeat(100)}BBBB` }))}\n`, new Set());
  expect(text.split('\n')).toEqual([
    "base64 -d <<'EOF' | put target/file 0640 root:root",
    'A'.repeat(100),
    'BBBB',
    'EOF',
    '',
  ]);
  expect(cutMarks(writeFile(file({ base64: '' })), new Set()).text.split('\n')).toHaveLength(3);
});

test('path and owner are quoted where they must be', () => {
  const named = { ...file({ text: '' }), path: '/a b', owner: 'my user', group: 'staff' };
  expect(cutMarks(writeFile(named), new Set()).text).toBe("put '/a b' 0640 'my user:staff' < /dev/null\n");
});

test('the same content under another name, mode, owner or source is written anew', () => {
  const one = file({ text: 'a\n' });
  const others = [
    { ...one, path: '/b' },
    { ...one, mode: '0600' },
    { ...one, owner: 'me' },
    { ...one, group: 'us' },
    { ...one, placeOfLine: (line: number) => ({ file: 'other', line }) },
    { ...one, placeOfLine: (line: number) => ({ file: 'source', line: line + 5 }) },
  ].map(writeFile);
  expect(new Set([writeFile(one), ...others]).size).toBe(7);
  expect(writeFile({ ...one })).toBe(writeFile(one));
});

/** Lines with where they come from. */
function placed(embedded: EmbeddedFile): string[] {
  const { text, lines, sources } = cutMarks(writeFile(embedded), new Set());
  return text.split('\n').flatMap((one, index) => {
    const [source = -1, line] = lines[index] ?? [];
    return line === undefined ? [] : [`${sources[source]}:${line} ${one}`];
  });
}

test('lines that do not follow one another, or come from another file, say where they come from', () => {
  const places = [
    { file: 'a', line: 3 },
    { file: 'a', line: 4 },
    { file: 'a', line: 9 },
    { file: 'b', line: 10 },
  ];
  const embedded = file({ text: '1\n2\n3\n4\n' });
  const found = placed({ ...embedded, placeOfLine: (line) => places[line - 1] ?? { file: 'none', line } });
  expect(found.slice(1)).toEqual(['a:3 1', 'a:4 2', 'a:9 3', 'b:10 4', 'b:10 EOF']);
});

test('a binary file’s lines, and an empty file, come from the beginning of theirs', () => {
  expect(placed(file({ base64: 'A'.repeat(104) })).map((line) => line.split(' ')[0])).toEqual(
    Array(4).fill('source:1'),
  );
  expect(placed(file({ text: '' }))).toEqual(['source:1 put target/file 0640 root:root < /dev/null']);
});
