import { expect, test } from 'vitest';
import { helpers } from '../../scripts/render/helpers.ts';
import { cutMarks } from '../../scripts/render/origin-marks.ts';
import { at } from './sourced.ts';

/** What a line prints, and where it says that it comes from. */
function printed(marked: string): string[] {
  const { text, lines, sources } = cutMarks(marked, new Set(['template']));
  const texts = text.split('\n').slice(0, -1);
  return texts.map((one, index) => {
    const [source = -1, line] = lines[index] ?? [];
    return `${sources[source]}:${line} ${one}`;
  });
}

const words = [
  { value: 'a', at: at(3) },
  { value: 'b', at: at(4) },
];

test('words are quoted for where they stand, a text is not', () => {
  expect([helpers.ks("it's"), helpers.sh("it's"), helpers.text("it's")]).toEqual([`"it's"`, `'it'\\''s'`, "it's"]);
});

test('a value from a source marks its line', () => {
  const value = { value: 'two words', at: at(5) };
  expect(printed(helpers.ks(value))).toEqual(['source.yaml:5 "two words"']);
  expect(printed(helpers.sh(value))).toEqual(["source.yaml:5 'two words'"]);
  expect(printed(helpers.text(value))).toEqual(['source.yaml:5 two words']);
  expect(printed(`${helpers.mark({ at: at(6) })}x`)).toEqual(['source.yaml:6 x']);
});

test('several values are one word, from the place of the first', () => {
  expect(printed(helpers.ksJoined(words))).toEqual(['source.yaml:3 "a b"']);
  expect(printed(helpers.shJoined(words))).toEqual(["source.yaml:3 'a b'"]);
  // Both are marked: a later value is what counts where the first comes from a template.
  const [, second] = words;
  expect(helpers.ksJoined(words)).toContain(helpers.mark(second ?? { at: at(0) }));
  expect(helpers.shJoined(words)).toContain(helpers.mark(second ?? { at: at(0) }));
});

const script = { source: 'set-up.sh', text: 'one\n\ntwo\n', reason: 'why', by: 'core', at: at(1) };

test('a script’s lines come from its file, or from the lines that it names', () => {
  expect(printed(helpers.script(script))).toEqual(['set-up.sh:1 one', 'set-up.sh:2 ', 'set-up.sh:3 two']);
  expect(printed(helpers.script({ ...script, lines: [7, 9] }))).toEqual([
    'set-up.sh:7 one',
    'set-up.sh:9 ',
    'set-up.sh:3 two',
  ]);
});

test('a file is written by its own lines', () => {
  const placeOfLine = (line: number) => ({ file: 'motd', line });
  const file = {
    path: '/etc/motd',
    mode: '0644',
    owner: 'root',
    group: 'root',
    content: { text: 'hello\n' },
    placeOfLine,
  };
  expect(printed(helpers.file(file))).toEqual([
    "motd:1 put /etc/motd 0644 root:root <<'EOF'",
    'motd:1 hello',
    'motd:1 EOF',
  ]);
});
