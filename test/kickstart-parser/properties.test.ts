import fc from 'fast-check';
import {
  applyFixes,
  canonical,
  check,
  decode,
  edit,
  encode,
  flatten,
  format,
  interpret,
  KICKSTART_VERSIONS,
  parse,
  print,
} from 'kickstart-parser';
import { expect, test, vi } from 'vitest';
import { anyText } from '../any-text.ts';
import { rereadProblem } from './comparison.ts';
import { kickstart, unixKickstart } from './generators.ts';

// Hundreds of runs each, and other work may share the processors.
vi.setConfig({ testTimeout: 120_000 });

const textOrKickstart = fc.oneof(anyText, kickstart);
const version = fc.constantFrom(...KICKSTART_VERSIONS);

test('decoding keeps every byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(encode(decode(bytes))).toEqual(bytes);
    }),
  );
});

test('printing gives the text back, and nodes lie edge to edge', () => {
  fc.assert(
    fc.property(textOrKickstart, (text) => {
      const document = parse(text);
      expect(print(document)).toBe(text);
      let at = 0;
      for (const node of document.nodes) {
        expect(node.start).toBe(at);
        at = node.end;
      }
      expect(at).toBe(text.length);
    }),
    { numRuns: 500 },
  );
});

test('checking never throws, and every finding has a place in the text', () => {
  fc.assert(
    fc.property(textOrKickstart, version, (text, release) => {
      for (const { span } of check(parse(text), { version: release, checkShell: false })) {
        expect(span?.start.offset).toBeLessThanOrEqual(span?.end.offset ?? -1);
        expect(span?.end.offset).toBeLessThanOrEqual(text.length);
        expect(span?.start.line).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500 },
  );
});

test('one bad line never hides another', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('bogus', 'part', 'lang a b', 'part "/', 'lang C', '# c', '')), (lines) => {
      const { diagnostics } = interpret(parse(lines.map((line) => `${line}\n`).join('')), 'F44');
      const bad = lines.flatMap((line, index) => (['lang C', '# c', ''].includes(line) ? [] : [index + 1]));
      expect([...new Set(diagnostics.map(({ span }) => span?.start.line))]).toEqual(bad);
    }),
  );
});

test('the canonical form is valid and means the same', () => {
  fc.assert(
    fc.property(unixKickstart, version, (text, release) => {
      expect(rereadProblem(interpret(parse(text), release).model)).toBeUndefined();
    }),
    { numRuns: 300, examples: [['%packages\n%post#x\n%include#x\n%end#x\nvim\n%end\n', 'F44']] },
  );
});

test('formatting twice is formatting once', () => {
  fc.assert(
    fc.property(textOrKickstart, (text) => {
      expect(format(parse(format(parse(text))))).toBe(format(parse(text)));
    }),
    { numRuns: 500 },
  );
});

test('formatting changes no meaning', () => {
  fc.assert(
    fc.property(unixKickstart, (text) => {
      const before = interpret(parse(text), 'F44').model;
      expect(canonical(interpret(parse(format(parse(text))), 'F44').model)).toBe(canonical(before));
    }),
  );
});

test('the source map has an origin for every line of the flattened text', () => {
  const names = ['a.ks', 'b.ks', 'c.ks'];
  const include = fc.constantFrom(...names).map((name) => `%include ${name}\n`);
  const file = fc.array(fc.oneof(include, kickstart), { maxLength: 4 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(file, file, file, file, (main, ...others) => {
      const files = new Map(names.map((name, index) => [`/${name}`, others[index] ?? '']));
      const read = (path: string) => {
        const text = files.get(path);
        return text === undefined ? undefined : encode(text);
      };
      const flat = flatten(parse(main, { file: '/main.ks' }), { workingDirectory: '/', read });
      expect(flat.map).toHaveLength(flat.document.source.lines.starts.length);
      flat.map.forEach((origin, index) => {
        const original = origin.file === '/main.ks' ? main : (files.get(origin.file) ?? '');
        const isReopened = flat.diagnostics.some(({ code }) => code === 'include-closes-section');
        if (!isReopened) expect(line(flat.text, index + 1)).toBe(line(original, origin.line));
      });
    }),
  );
});

function line(text: string, number: number): string {
  const { source } = parse(text);
  return text.slice(source.lines.starts[number - 1], source.lines.ends[number - 1]);
}

test('an edit changes nothing outside its line', () => {
  fc.assert(
    fc.property(kickstart, fc.nat(), fc.string(), (text, pick, value) => {
      const document = parse(text);
      const commands = document.nodes.filter((node) => node.kind === 'command');
      const node = commands[pick % Math.max(1, commands.length)];
      if (node === undefined) return;
      const changed = edit(document, 'F44').setOption(node, '--label', value).text();
      expect(changed.startsWith(text.slice(0, node.start))).toBe(true);
      expect(changed.endsWith(text.slice(node.end))).toBe(true);
    }),
  );
});

test('fixing comes to an end, and each round leaves fewer things to fix', () => {
  fc.assert(
    fc.property(kickstart, (original) => {
      let text = original;
      for (let round = 0; round < 20; round++) {
        const document = parse(text, { file: 'k' });
        const result = applyFixes(
          text,
          'k',
          check(document, { version: 'F44', profile: 'livemedia', checkShell: false }),
        );
        if (result.applied.length === 0) return;
        text = result.text;
      }
      expect.fail(`still fixing: ${text}`);
    }),
  );
});
