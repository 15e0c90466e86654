import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rebuild } from '../../scripts/build/index.ts';
import { choice, flag, list } from '../../scripts/command-line/index.ts';
import type { Engine, EngineLeaf, Job } from '../../scripts/engines/engine/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const lockText = '{}\n';
const options = { output: list(choice('output', ['live-iso']), 'an image'), locked: flag('by the lock') };

/** An engine that makes a text of an image, and remembers what it was asked for and given. */
function engineThatMakes(text: string) {
  const seen: { readonly values: unknown; readonly out: string; readonly packages: readonly string[] }[] = [];
  const engine: Engine<Job> = {
    check: async (job) => job,
    plan: ({ flavour }) => ({ name: `${flavour} as text`, work: { name: 'text' }, stages: [] }),
    run: () => ({ rememberedAs: 'direct' }),
    publish: async ({ prepared, host, options: read }) => {
      const packages = readdirSync(path.join(host.places.cache, 'packages')).sort();
      seen.push({ values: read(options), out: host.places.out, packages });
      const file = path.join(prepared.buildDirectory, 'nano.iso');
      writeFileSync(file, text);
      writeFileSync(path.join(prepared.buildDirectory, 'manifest.json'), '{"outputs":[]}');
      writeFileSync(path.join(prepared.buildDirectory, 'SHA256SUMS'), `${sha256(text)}  nano.iso\n`);
      return [{ file }];
    },
  };
  const leaf: EngineLeaf = {
    id: 'direct',
    makes: 'text',
    needs: 'nothing',
    usualFor: [],
    options,
    load: async () => engine,
    outputs: [{ id: 'live-iso', summary: 'an image', purpose: 'live' }],
  };
  return { leaf, seen };
}

function surroundings() {
  const own = scratchDirectory();
  mkdirSync(path.join(own, 'locks'));
  writeFileSync(path.join(own, 'locks/nano.debian-13.lock.json'), lockText);
  const { context } = recordingContext([own]);
  const packages = path.join(context.places.cache, 'packages');
  mkdirSync(packages, { recursive: true });
  for (const name of ['a_1_all.deb', 'partial.tmp']) writeFileSync(path.join(packages, name), name);
  return { context, packages };
}

const request = {
  flavour: 'nano',
  base: 'debian-13',
  outputs: ['live-iso'],
  lock: { file: 'locks/nano.debian-13.lock.json', sha256: sha256(lockText) },
};

test('the same bits are told, by the lock, from an empty cache but for packages, and nothing is left', async () => {
  const { context, packages } = surroundings();
  const { leaf, seen } = engineThatMakes('the image');
  const published = [{ file: 'nano.iso', sha256: sha256('the image') }];
  expect(await rebuild(request, published, [leaf], context)).toMatchObject({ different: [] });
  expect(seen).toEqual([
    {
      values: { output: ['live-iso'], locked: true },
      out: path.join(context.places.out, 'built-again'),
      packages: ['a_1_all.deb'],
    },
  ]);
  expect(existsSync(path.join(context.places.out, 'built-again'))).toBe(false);
  expect(readdirSync(context.places.cache)).toEqual(['packages']);
  expect(readFileSync(path.join(packages, 'a_1_all.deb'), 'utf8')).toBe('a_1_all.deb');
});

test('other bits are named, and stay to be looked at', async () => {
  const { context } = surroundings();
  const published = [
    { file: 'nano.iso', sha256: sha256('the image') },
    { file: 'contents.json', sha256: sha256('') },
  ];
  const directory = path.join(context.places.out, 'built-again/nano-debian-13');
  expect(await rebuild(request, published, [engineThatMakes('other').leaf], context)).toEqual({
    different: ['nano.iso', 'contents.json'],
    directory,
  });
  expect(readFileSync(path.join(directory, 'nano.iso'), 'utf8')).toBe('other');
  expect(readdirSync(context.places.cache)).toEqual(['packages']);
});

test('without that very lock nothing is built', async () => {
  const { context } = surroundings();
  const { leaf, seen } = engineThatMakes('the image');
  const asked = (lock: Partial<typeof request.lock>, base = request.base) =>
    rebuild({ ...request, base, lock: { ...request.lock, ...lock } }, [], [leaf], context);
  expect(await asked({ sha256: 'b'.repeat(64) })).toEqual({
    fault: expect.stringMatching(
      /^its lock has the SHA-256 b{64}, and \S+\/nano.debian-13.lock.json here [\da-f]{64}$/,
    ),
  });
  expect(await asked({}, 'fedora-44')).toEqual({ fault: `its lock, ${request.lock.file}, is not here` });
  expect(seen).toEqual([]);
});

test('a build that fails leaves no cache of its own', async () => {
  const { context } = surroundings();
  const { leaf } = engineThatMakes('the image');
  const failing: EngineLeaf = {
    ...leaf,
    load: async () => ({ ...(await leaf.load()), publish: () => Promise.reject(new Error('it failed')) }),
  };
  await expect(rebuild(request, [], [failing], context)).rejects.toThrow('it failed');
  expect(readdirSync(context.places.cache)).toEqual(['packages']);
});
