import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildTwice } from '../../scripts/build/index.ts';
import { choice, flag, list } from '../../scripts/command-line/index.ts';
import type { Engine, EngineLeaf, Job } from '../../scripts/engines/engine/index.ts';
import { recordingContext } from '../commands/recording-context.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const options = { output: list(choice('output', ['live-iso']), 'an image'), refresh: flag('newer indexes') };

/** An engine that makes these texts of an image, one after the other, and remembers what it was given. */
function engineThatMakes(texts: readonly string[], mode = 0o644) {
  const seen: { readonly refresh: unknown; readonly out: string; readonly cached: readonly string[] }[] = [];
  const engine: Engine<Job> = {
    check: async (job) => job,
    plan: ({ flavour }) => ({ name: `${flavour} as text`, work: { name: 'text' }, stages: [] }),
    run: () => ({ rememberedAs: 'direct' }),
    publish: async ({ prepared, host, options: read }) => {
      const { cache, out } = host.places;
      const cached = ['packages', 'stages'].flatMap((name) => readdirSync(path.join(cache, name)).sort());
      const text = texts[seen.length] ?? '';
      seen.push({ refresh: read(options).refresh, out: path.relative(path.dirname(out), out), cached });
      const file = path.join(prepared.buildDirectory, 'nano.iso');
      writeFileSync(file, text);
      chmodSync(file, mode);
      const outputs = [
        { output: 'live-iso', files: [{ file: 'nano.iso', sizeBytes: text.length, sha256: sha256(text) }] },
      ];
      const manifest = { schema: 1, flavour: 'nano', base: 'debian-13', outputs, files: [], units: [], userUnits: [] };
      writeFileSync(path.join(prepared.buildDirectory, 'manifest.json'), JSON.stringify(manifest));
      writeFileSync(path.join(prepared.buildDirectory, 'build.json'), '{"schema":1}');
      writeFileSync(path.join(prepared.buildDirectory, 'SHA256SUMS'), `${sha256(text)}  nano.iso\n`);
      return [{ file }];
    },
    writtenBy: ({ output, where, kind }) => ({ stage: output, step: `${where.join()}, ${kind}` }),
  };
  const leaf: EngineLeaf = {
    id: 'direct',
    makes: 'text',
    needs: 'nothing',
    usualFor: ['deb'],
    makesSameBits: true,
    options,
    load: async () => engine,
    outputs: [{ id: 'live-iso', summary: 'an image', purpose: 'live' }],
  };
  return { leaf, seen };
}

function surroundings() {
  const { context, output } = recordingContext();
  const { cache } = context.places;
  for (const name of ['packages', 'stages/tools-0a', 'stages/index-0b', 'stages/root-tree-0c']) {
    mkdirSync(path.join(cache, name), { recursive: true });
  }
  writeFileSync(path.join(cache, 'packages/a_1_all.deb'), 'a');
  writeFileSync(path.join(cache, 'stages/tools-0a/tool'), 'tool');
  return { context, output, cache };
}

const request = { flavour: 'nano', isDryRun: false, values: { refresh: true } };

test('the second build has what was fetched, and nothing that was made; of two that are the same nothing is left', async () => {
  const { context, output, cache } = surroundings();
  const { leaf, seen } = engineThatMakes(['image', 'image']);
  expect(await buildTwice(request, [leaf], context)).toBe(true);
  expect(output()).toContain('built twice: all 1 files are the same, bit for bit');
  expect(seen).toEqual([
    { refresh: true, out: 'out', cached: ['a_1_all.deb', 'index-0b', 'root-tree-0c', 'tools-0a'] },
    { refresh: undefined, out: 'built-again', cached: ['a_1_all.deb', 'index-0b', 'tools-0a'] },
  ]);
  expect(existsSync(path.join(context.places.out, 'built-again'))).toBe(false);
  expect(readdirSync(cache).filter((name) => /^(?:rebuild|compare)-/.test(name))).toEqual([]);
  expect(readFileSync(path.join(cache, 'stages/tools-0a/tool'), 'utf8')).toBe('tool');
});

test('what differs is told with its kind and the step that wrote it, and stays to be looked at', async () => {
  const { context, output } = surroundings();
  const { leaf } = engineThatMakes(['made 2026-12-01\n', 'made 2027-12-01\n']);
  expect(await buildTwice(request, [leaf], context)).toBe(false);
  const directory = path.join(context.places.out, 'nano');
  const other = path.join(context.places.out, 'built-again/nano');
  expect(output().split('\n').slice(1)).toEqual([
    'nano.iso',
    '    time stamp: line 1: "made 2026-12-01", then "made 2027-12-01"',
    `    written by: nano.iso, time stamp in ${directory}/logs/live-iso.log`,
    `built twice: 1 of 1 files differ; the second build is ${other}`,
  ]);
  expect(readFileSync(path.join(other, 'nano.iso'), 'utf8')).toBe('made 2027-12-01\n');
});

test('of an image that is for its owner alone it is not told what stands in it', async () => {
  const { context, output } = surroundings();
  const { leaf } = engineThatMakes(['password a\n', 'password b\n'], 0o600);
  expect(await buildTwice(request, [leaf], context)).toBe(false);
  expect(output()).toContain('\n    content: line 1\n');
  expect(output()).not.toContain('password');
});

test('what the system differs in comes before what follows from it', async () => {
  const { context, output } = surroundings();
  const { leaf } = engineThatMakes(['a\n', 'b\n']);
  const engine = { ...(await leaf.load()), writtenBy: () => ({ stage: 'root-tree', path: '/etc/made-at' }) };
  expect(await buildTwice(request, [{ ...leaf, load: async () => engine }], context)).toBe(false);
  expect(output()).toContain(
    '    written by: the root tree\nIdentifiers follow from what is in the system: where that differs, they do.\n',
  );
});

test('an engine that never makes the same bits is refused before it builds', async () => {
  const { context } = surroundings();
  const { leaf, seen } = engineThatMakes(['image']);
  const { makesSameBits: _, ...other } = leaf;
  await expect(
    buildTwice(
      request,
      [
        { ...other, id: 'other' },
        { ...leaf, usualFor: [] },
      ],
      context,
    ),
  ).rejects.toMatchObject({
    exitCode: 2,
    diagnostics: [{ code: 'bits-differ-anyway', hint: '--engine direct does.' }],
  });
  expect(seen).toEqual([]);
});
