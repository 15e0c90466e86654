import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { engines } from '../../scripts/engines/index.ts';
import { outputIds } from '../../scripts/outputs/index.ts';

const folder = path.join(import.meta.dirname, '../../scripts/engines');

test('each engine has a name of its own, and each family of bases one engine that is usual', () => {
  const ids = engines.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(engines.flatMap(({ usualFor }) => usualFor).sort()).toEqual(['deb', 'rpm']);
});

describe.each(engines.map((engine) => [engine.id, engine] as const))('%s', (id, engine) => {
  test('lies in the folder of its name, and loads', async () => {
    expect(readFileSync(path.join(folder, id, 'index.ts'), 'utf8')).toContain(`id: '${id}'`);
    const loaded = await engine.load();
    expect(Object.keys(loaded)).toEqual(expect.arrayContaining(['check', 'plan', 'run', 'publish']));
  });

  test('an option of several engines means the same in each', () => {
    for (const other of engines) {
      for (const [key, option] of Object.entries(engine.options)) {
        expect([undefined, option]).toContain(other.options[key]);
      }
    }
  });

  test('where it can be asked for several outputs, their words are those that `--output` takes', () => {
    const outputs = engine.outputs.map((one) => one.id);
    expect(new Set(outputs).size).toBe(outputs.length);
    if (!('output' in engine.options)) return expect(outputs).toHaveLength(1);
    for (const one of outputs) expect(engine.options.output?.read(one, '--output')).toEqual([one]);
  });

  test('stands in the table of engines as it describes itself', () => {
    const rows = readFileSync(path.join(folder, 'README.md'), 'utf8').split('\n');
    const cell = (text: string) => text.replaceAll('|', '\\|');
    expect(rows).toContain(`| \`${id}\` | ${cell(engine.makes)} | ${cell(engine.needs)} |`);
  });
});

test('a flavour may ask for every output that some engine makes, and for nothing else', () => {
  const schema = JSON.parse(readFileSync(path.join(folder, '../../kickstarts/schema/flavour.schema.json'), 'utf8')) as {
    definitions: { outputs: { items: { enum: readonly string[]; title: string } } };
  };
  const { enum: words, title } = schema.definitions.outputs.items;
  expect(words).toEqual(outputIds);
  expect([...title.matchAll(/`([^`]+)`/g)].map(([, word]) => word)).toEqual(words);
  const made = engines
    .filter(({ options }) => 'output' in options)
    .flatMap(({ outputs }) => outputs.map(({ id }) => id));
  expect([...new Set(made)].sort()).toEqual([...words].sort());
});
