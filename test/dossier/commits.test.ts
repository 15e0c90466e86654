import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as diff } from '../../scripts/commands/diff.ts';
import { type Completed, RecordingRunner } from '../../scripts/process/index.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { buildDirectory, type SampleChange } from './build-sample.ts';
import { usual } from './facts-sample.ts';

const [OLD, NEW] = ['1'.repeat(40), '2'.repeat(40)];

/** A build that noted its revision, as `provenance.json` does. */
function builtOf(gitCommit: unknown, change: SampleChange = {}): string {
  const directory = buildDirectory(change);
  const resolvedDependencies = [{ name: 'small.ks' }, null, { name: 'phyllome', digest: { gitCommit } }];
  const provenance = { predicate: { buildDefinition: { resolvedDependencies } } };
  writeFileSync(path.join(directory, 'provenance.json'), JSON.stringify(provenance));
  return directory;
}

const changed: SampleChange = {
  manifest: { kernelArguments: ['iommu=pt', 'quiet'] },
  facts: { units: usual.units.replace('ssh.service   enabled', 'ssh.service   disabled') },
};

/** As git answers in the format that is asked for. */
const log = (...commits: readonly (readonly [string, string, ...string[]])[]) =>
  commits.map(([hash, subject, ...files]) => `\u001e${hash}\u001f${subject}\u001f\n\n${files.join('\n')}\n`).join('');

const history = log(
  ['a'.repeat(40), 'Quiet starts', 'kickstarts/flavours/small.yaml', 'kickstarts/flavours/other.yaml'],
  ['b'.repeat(40), 'Nobody comes in', 'overlays/net/component.yaml'],
  ['c'.repeat(40), 'People come in `now`', 'overlays/net/component.yaml'],
  ['d'.repeat(40), 'Another flavour', 'kickstarts/flavours/other.yaml'],
);

async function told(a: string, b: string, answer: Partial<Completed>, how: { json?: true; notes?: true } = {}) {
  const { context, output } = recordingContext();
  const runner = new RecordingRunner(() => answer);
  await diff({ a, b, ...how }, { ...context, runner });
  return { text: output(), asked: runner.commands.map(({ argv }) => argv.slice(3).join(' ')) };
}

test('a change names the commits that touched the file that it comes from', async () => {
  const { text, asked } = await told(builtOf(OLD), builtOf(NEW, changed), { stdout: history });
  expect(asked).toEqual([expect.stringContaining(`${OLD}..${NEW} -- kickstarts overlays`)]);
  expect(text).toMatch(
    /\+ quiet {2}# kickstarts\/flavours\/small\.yaml:7; touched by commit aaaaaaaaaaaa Quiet starts$/m,
  );
  expect(text).toContain('# component net: people come in; touched by commit bbbbbbbbbbbb Nobody comes in and 1 more');
});

test('release notes list those that touched what the images are made of', async () => {
  const { text } = await told(builtOf(OLD), builtOf(NEW, changed), { stdout: history }, { notes: true });
  expect(text).toContain(
    [
      '## Changes of the sources',
      '',
      '- `aaaaaaaaaaaa` `Quiet starts`',
      '- `bbbbbbbbbbbb` `Nobody comes in`',
      '- `cccccccccccc` `` People come in `now` ``',
    ].join('\n'),
  );
  expect(text).not.toContain('Another flavour');
});

test('programs get all of them', async () => {
  const { text } = await told(builtOf(OLD), builtOf(NEW, changed), { stdout: history }, { json: true });
  const { parts } = JSON.parse(text) as { parts: { units?: readonly { commits?: readonly string[] }[] } };
  expect(parts.units?.[0]?.commits).toEqual(['bbbbbbbbbbbb Nobody comes in', 'cccccccccccc People come in `now`']);
});

test.each<[string, unknown, unknown, Partial<Completed>, number]>([
  ['the checkout does not know a revision', OLD, NEW, { exitCode: 128 }, 1],
  ['both are of one', OLD, OLD, { stdout: history }, 0],
  ['one did not note it', undefined, NEW, { stdout: history }, 0],
  ['what it noted is none', '--output=/etc/passwd', NEW, { stdout: history }, 0],
])('where %s, changes are told without', async (_what, from, to, answer, asked) => {
  const { text, asked: commands } = await told(builtOf(from), builtOf(to, changed), answer);
  expect(commands).toHaveLength(asked);
  expect(text).toMatch(/\+ quiet {2}# kickstarts\/flavours\/small\.yaml:7$/m);
});
