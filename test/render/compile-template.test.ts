import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { markLines, precompile } from '../../scripts/render/compile-template.ts';
import { mark } from '../../scripts/render/origin-marks.ts';
import { loadTemplates } from '../../scripts/render/templates.ts';
import { viewOf } from '../../scripts/render/view.ts';
import { resolved } from './sourced.ts';

const marked = (line: number) => mark({ file: 't.hbs', line });

test('lines that print something carry their place; lines of one tag alone and the end of the file do not', () => {
  const lines = [
    'lang C',
    '{{#if a}}',
    '  {{name}}',
    '{{else if b}}',
    '{{/if}}',
    '  {{> part}}  ',
    '{{! note}}',
    '',
    '',
  ];
  expect(markLines(lines.join('\n'), 't.hbs').split('\n')).toEqual([
    `${marked(1)}lang C`,
    '{{#if a}}',
    `${marked(3)}  {{name}}`,
    '{{else if b}}',
    '{{/if}}',
    '  {{> part}}  ',
    '{{! note}}',
    marked(8),
    '',
  ]);
});

test.each(['{{elsewhere}}', 'x {{#if a}}', '{{/if}} x', '{{#if a}}{{/if}}', '{{#if a}}x{{/if}}'])(
  'a line that prints beside its tags is no line of a tag alone: %s',
  (line) => {
    expect(markLines(line, 't.hbs')).toBe(marked(1) + line);
  },
);

function templates(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'phyllome-templates-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return loadTemplates(folder, 'some/templates');
}

const view = () => viewOf(resolved());

test('kickstart.ks.hbs is the whole, every other template a part by its name', () => {
  const { files, render } = templates({
    'kickstart.ks.hbs': '{{flavour.name}} & {{> part}}\n',
    'part.ks.hbs': '<{{sh "a b"}}>',
    'README.md': '{{no template',
  });
  expect([...files]).toEqual(['some/templates/kickstart.ks.hbs', 'some/templates/part.ks.hbs']);
  const kickstart = mark({ file: 'some/templates/kickstart.ks.hbs', line: 1 });
  const part = mark({ file: 'some/templates/part.ks.hbs', line: 1 });
  expect(render(view())).toBe(`${kickstart}small & ${part}<'a b'>\n`);
});

test('a part’s lines are not indented with the tag that calls it', () => {
  const { render } = templates({ 'kickstart.ks.hbs': '  {{> part}}\n', 'part.ks.hbs': 'a\nb\n' });
  const part = (line: number) => mark({ file: 'some/templates/part.ks.hbs', line });
  expect(render(view())).toBe(`  ${part(1)}a\n${part(2)}b\n`);
});

test('a name that the view does not have is an error, and so is a helper that nobody knows', () => {
  expect(() => templates({ 'kickstart.ks.hbs': '{{nothing}}' }).render(view())).toThrow(/nothing/);
  expect(() => templates({ 'kickstart.ks.hbs': '{{nobody "a"}}' }).render(view())).toThrow(/nobody/);
});

test('a template is compiled to code with its lines marked', () => {
  const code = precompile('hello\n', 't.hbs');
  expect(code).toContain('"compiler"');
  expect(code).toContain('t.hbs:1');
});
