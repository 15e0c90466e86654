import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type BuildRequest, buildFlavour, readBuilt } from '../../scripts/build/index.ts';
import { choice, list } from '../../scripts/command-line/index.ts';
import type { Engine, EngineLeaf, Job } from '../../scripts/engines/engine/index.ts';
import type { Plan } from '../../scripts/plan/index.ts';
import { unlockKey, verifySignature } from '../../scripts/signing/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { BASE, sourceTree } from '../flavour/source-tree.ts';

const options = { output: list(choice('output', ['small', 'large', 'tall', 'live-iso']), 'small or large') };

/** An engine of two outputs that makes text files: nothing of it is known to the code that builds. */
function engineOf(id: string, more: Partial<EngineLeaf> = {}) {
  const seen: string[] = [];
  const jobs: Job[] = [];
  const engine: Engine<Job> = {
    check: async (job) => {
      seen.push('check');
      jobs.push(job);
      return job;
    },
    plan: ({ flavour }): Plan => {
      seen.push('plan');
      const make = { id: 'make', title: 'make', argv: ['sh', '-euc', 'echo made > "$0/made"', '${text}'] as const };
      return {
        name: `${flavour} as text`,
        work: { name: 'text' },
        stages: [{ id: 'make', title: 'Making', runs: 'in-order', steps: [{ ...make, needs: [] }] }],
      };
    },
    run: () => {
      seen.push('run');
      return { rememberedAs: id };
    },
    publish: async ({ prepared, outputs }, state) => {
      seen.push('publish');
      const made = readFileSync(path.join(state.directories.get('text') ?? '', 'made'), 'utf8');
      return ['one', 'two'].map((name) => {
        const file = path.join(prepared.buildDirectory, `${name}.${outputs[0]?.id ?? 'usual'}`);
        writeFileSync(file, made);
        return name === 'one' ? { file, summary: 'the first' } : { file };
      });
    },
  };
  const leaf: EngineLeaf = {
    id,
    makes: 'text',
    needs: 'nothing',
    usualFor: [],
    options,
    load: async () => engine,
    outputs: [
      { id: 'small', summary: 'a small text', purpose: 'live' },
      { id: 'large', summary: 'a large text', purpose: 'disk' },
    ],
    ...more,
  };
  return { leaf, seen, jobs };
}

async function build(leaves: readonly EngineLeaf[], request: Partial<BuildRequest>) {
  const { context, output } = recordingContext();
  await buildFlavour({ flavour: 'nano', isDryRun: false, values: {}, ...request }, leaves, context);
  return { context, output };
}

test('an engine that nobody knows checks, plans, runs and publishes several images', async () => {
  const { leaf, seen } = engineOf('text');
  const { context, output } = await build([leaf], { engine: 'text' });
  expect(seen).toEqual(['check', 'plan', 'run', 'publish']);
  const directory = path.join(context.places.out, 'nano');
  expect(output()).toBe(`${directory}/one.usual  the first\n${directory}/two.usual`);
  expect(readFileSync(path.join(directory, 'two.usual'), 'utf8')).toBe('made\n');
  // The run's own directory is gone, and nothing says that it was killed.
  expect(existsSync(path.join(context.places.cache, 'livemedia'))).toBe(true);
  expect(readFileSync(path.join(directory, 'logs/text.log'), 'utf8')).toContain('# make');
});

test('a dry run ends with the printed plan', async () => {
  const { leaf, seen } = engineOf('text');
  const { output } = await build([leaf], { engine: 'text', isDryRun: true });
  expect(seen).toEqual(['check', 'plan']);
  expect(output()).toMatch(/^# nano as text\n/);
});

test('without a name, the engine that is usual for the base is taken', async () => {
  const deb = engineOf('for-deb', { usualFor: ['deb'] });
  const rpm = engineOf('for-rpm', { usualFor: ['rpm'] });
  const isDryRun = true;
  await build([rpm.leaf, deb.leaf], { isDryRun });
  expect([deb.seen.length, rpm.seen.length]).toEqual([2, 0]);
  await build([rpm.leaf, deb.leaf], { base: 'fedora-44', isDryRun });
  expect([deb.seen.length, rpm.seen.length]).toEqual([2, 2]);
  await build([rpm.leaf, deb.leaf], { base: 'fedora-44', engine: 'for-deb', isDryRun });
  expect([deb.seen.length, rpm.seen.length]).toEqual([4, 2]);
});

test('the output that is asked for decides what the kickstart is rendered for; the engine gets its own options alone', async () => {
  const { leaf, jobs } = engineOf('text');
  await build([leaf], { engine: 'text', isDryRun: true, values: { output: ['large'] } });
  await build([leaf], { engine: 'text', isDryRun: true });
  expect(jobs.map(({ outputs }) => outputs.map(({ id }) => id))).toEqual([['large'], []]);
  expect(jobs.map((job) => job.options(options))).toEqual([{ output: ['large'] }, {}]);
  expect(jobs.map(({ prepared }) => path.basename(prepared.kickstartFile))).toEqual(['nano.disk.ks', 'nano.ks']);
});

test('what was not built is told with the command that builds it; what cannot be built as what it is', async () => {
  const { context } = recordingContext();
  const reading = (name: string) => readBuilt(name, { base: 'fedora-44' }, context);
  await expect(reading('nano')).rejects.toMatchObject({
    diagnostics: [{ code: 'not-built', hint: 'phyllome build nano --base fedora-44' }],
  });
  await expect(reading('nanno')).rejects.toMatchObject({
    diagnostics: [{ code: 'unknown-flavour', hint: 'did you mean `nano`?' }],
  });
});

const several = {
  makesSeveral: true,
  outputs: [
    { id: 'live-iso', summary: 'a live ISO', purpose: 'live' },
    { id: 'disk-raw', summary: 'a disk', purpose: 'disk' },
    { id: 'disk-qcow2', summary: 'a smaller disk', purpose: 'disk' },
  ],
} as const;

test('an engine that makes several gets all that is asked for, in that order; of one purpose', async () => {
  const { leaf, jobs } = engineOf('text', several);
  const asked = (output: readonly string[]) => build([leaf], { engine: 'text', isDryRun: true, values: { output } });
  await asked(['disk-qcow2', 'disk-raw']);
  expect(jobs[0]?.outputs.map(({ id, at }) => [id, at])).toEqual([
    ['disk-qcow2', undefined],
    ['disk-raw', undefined],
  ]);
  await expect(asked(['live-iso', 'disk-raw'])).rejects.toMatchObject({
    exitCode: 2,
    diagnostics: [
      { code: 'outputs-not-together', message: 'live-iso and disk-raw are made from different kickstarts' },
    ],
  });
  await expect(asked(['disk-raw', 'tar'])).rejects.toMatchObject({
    diagnostics: [{ message: 'the engine text does not make the output tar' }],
  });
});

test('one that makes one at a time is not asked for two', async () => {
  const { leaf, seen } = engineOf('text', { outputs: several.outputs });
  const values = { output: ['disk-raw', 'disk-qcow2'] };
  await expect(build([leaf], { engine: 'text', values })).rejects.toMatchObject({
    diagnostics: [{ message: 'the engine text makes one output at a time, not disk-raw and disk-qcow2' }],
  });
  expect(seen).toEqual([]);
});

test('what the flavour says is made when nobody says otherwise, and is judged at its line', async () => {
  const own = path.join(recordingContext().scratch, 'own');
  mkdirSync(path.join(own, 'flavours'), { recursive: true });
  const write = (outputs: string) =>
    writeFileSync(path.join(own, 'flavours/mine.yaml'), `flavour: mine\nsummary: a test\nextends: nano\n${outputs}\n`);
  const { context } = recordingContext([own]);
  const { leaf, jobs } = engineOf('text', several);
  const asked = (values: BuildRequest['values'] = {}) =>
    buildFlavour({ flavour: 'mine', engine: 'text', isDryRun: true, values }, [leaf], context);
  write('outputs: [disk-raw, disk-qcow2]');
  await asked();
  await asked({ output: ['live-iso'] });
  expect(jobs.map(({ outputs }) => outputs.map(({ id, at }) => [id, at?.start.line]))).toEqual([
    [
      ['disk-raw', 4],
      ['disk-qcow2', 4],
    ],
    [['live-iso', undefined]],
  ]);
  write('outputs: [tar]');
  await expect(asked()).rejects.toMatchObject({
    exitCode: 1,
    diagnostics: [
      {
        message: 'the engine text does not make the output tar',
        span: { start: { line: 4 } },
        hint: 'It makes live-iso, disk-raw or disk-qcow2.',
      },
    ],
  });
  write('outputs: [floppy]');
  await expect(asked()).rejects.toMatchObject({ diagnostics: [{ code: 'wrong-value', span: { start: { line: 4 } } }] });
});

test('what is published is signed by a key that is named; that it is not is the last thing that a build says', async () => {
  const key = await signingKey();
  const listing = (publishes: string): EngineLeaf => {
    const { leaf } = engineOf('text');
    return {
      ...leaf,
      load: async () => {
        const engine = await leaf.load();
        return {
          ...engine,
          publish: async (checked, state) => {
            const images = await engine.publish(checked, state);
            const directory = path.dirname(images[0]?.file ?? '');
            const list = publishes.split(' ').map((name) => `${'0'.repeat(64)}  ${name}.usual\n`);
            writeFileSync(path.join(directory, 'SHA256SUMS'), list.join(''));
            writeFileSync(path.join(directory, 'manifest.json'), '{"outputs":[]}');
            return images;
          },
        };
      },
    };
  };
  const said: string[] = [];
  const { context } = recordingContext();
  const telling = { ...context, say: (text: string) => void said.push(text) };
  const request = {
    flavour: 'nano',
    engine: 'text',
    isDryRun: false,
    values: { locked: true, mirror: 'https://ada:secret@mirror/', iso: '/home/ada/x.iso' },
  };
  await buildFlavour(request, [engineOf('text').leaf], telling);
  expect(said.at(-1)).toBe('NOT SIGNED: this engine writes no list of checksums that could be.');
  await buildFlavour(request, [listing('one two')], telling);
  expect(said.at(-1)).toMatch(/^NOT SIGNED: .*`phyllome sign /);
  await buildFlavour({ ...request, signingKey: key }, [listing('one two')], telling);
  expect(said.at(-1)).toBe('Signed by the key 4D788919362ACB8A.');
  const directory = path.join(context.places.out, 'nano');
  const list = readFileSync(path.join(directory, 'SHA256SUMS'));
  const signature = readFileSync(path.join(directory, 'SHA256SUMS.minisig'), 'utf8');
  expect(verifySignature(list, signature, key.publicKey)).toHaveProperty('comment');
  const provenance = readFileSync(path.join(directory, 'provenance.json'), 'utf8');
  expect(JSON.parse(provenance)).toMatchObject({
    predicate: {
      buildDefinition: {
        externalParameters: {
          command: ['phyllome', 'build', 'nano', '--base', 'debian-13', '--engine', 'text', '--locked'],
          switches: ['--locked'],
        },
      },
    },
  });
  // Where somebody's mirror is, and what is on their disk, is nobody's business.
  expect(provenance).not.toMatch(/secret|home/);
  await expect(buildFlavour({ ...request, signingKey: key }, [listing('one')], telling)).rejects.toThrow(
    /SHA256SUMS does not know one.usual, two.usual, and so nothing was signed$/,
  );
});

async function signingKey() {
  const file = path.join(scratchDirectory(), 'key');
  const fixture = path.join(import.meta.dirname, '../fixtures/minisign/throw-away.key');
  writeFileSync(file, readFileSync(fixture), { mode: 0o600 });
  return unlockKey(file, {});
}

test('an engine whose installer fetches packages late has their names asked first; not offline, and not for a plan', async () => {
  const directory = sourceTree({
    'bases/test-1.yaml': BASE.replace('family: deb', 'family: rpm').replace(
      /repositories:[\s\S]*?\ndefaults:/,
      'repositories:\n  - {id: main, baseurl: file:///nowhere/at/all}\ndefaults:',
    ),
    'flavours/mine.yaml': 'flavour: mine\nsummary: a flavour for tests\nbase: test-1\n',
  });
  const warned = async (more: Partial<EngineLeaf>, request: Partial<BuildRequest> = {}) => {
    const { context, warnings } = recordingContext([directory]);
    const { leaf } = engineOf('text', more);
    await buildFlavour({ flavour: 'mine', engine: 'text', isDryRun: false, values: {}, ...request }, [leaf], context);
    return warnings.map(({ code }) => code).includes('repository-unreachable');
  };
  expect(await warned({ asksRepositories: true })).toBe(true);
  expect(await warned({})).toBe(false);
  expect(await warned({ asksRepositories: true }, { isDryRun: true })).toBe(false);
});
