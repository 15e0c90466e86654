import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type BuildRequest, buildFlavour, readBuilt } from '../../scripts/build/index.ts';
import { choice, option } from '../../scripts/command-line/index.ts';
import type { Engine, EngineLeaf, Job } from '../../scripts/engines/engine/index.ts';
import type { Plan } from '../../scripts/plan/index.ts';
import { recordingContext } from '../commands/recording-context.ts';

const options = { output: option(choice('output', ['small', 'large']), 'small or large') };

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
    publish: async ({ prepared, output }, state) => {
      seen.push('publish');
      const made = readFileSync(path.join(state.directories.get('text') ?? '', 'made'), 'utf8');
      return ['one', 'two'].map((name) => {
        const file = path.join(prepared.buildDirectory, `${name}.${output.id}`);
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
  expect(output()).toBe(`${directory}/one.small  the first\n${directory}/two.small`);
  expect(readFileSync(path.join(directory, 'two.small'), 'utf8')).toBe('made\n');
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
  await build([leaf], { engine: 'text', isDryRun: true, values: { output: 'large' } });
  await build([leaf], { engine: 'text', isDryRun: true });
  expect(jobs.map(({ output }) => output.id)).toEqual(['large', 'small']);
  expect(jobs.map((job) => job.options(options))).toEqual([{ output: 'large' }, {}]);
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
