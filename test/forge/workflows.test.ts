import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../render/shipped.ts';
import { githubParser } from './github-parser.ts';
import { action, forgejoWorkflows, githubWorkflows, gitlabScripts, stepsOf, text, workflow } from './workflow-files.ts';

const all = [...githubWorkflows, ...forgejoWorkflows, action];
const { convertWorkflowTemplate, NoOperationTraceWriter, parseAction, parseWorkflow } = await githubParser();
const trace = new NoOperationTraceWriter();

/** What GitHub's own parser and schema find, expressions included. */
async function errorsOf(name: string, content: string): Promise<readonly string[]> {
  const result = parseWorkflow({ name, content }, trace);
  if (result.value !== undefined) await convertWorkflowTemplate(result.context, result.value);
  return result.context.errors.getErrors().map(({ message }) => message);
}

// Forgejo's schema is in no package; its workflows are of GitHub's language, but for addresses in `uses`.
test.each([...githubWorkflows, ...forgejoWorkflows])("%s fits GitHub's own schema", async (file) => {
  expect(await errorsOf(file, text(file).replaceAll('https://data.forgejo.org/', ''))).toEqual([]);
});

test("the action fits GitHub's own schema", () => {
  const { context } = parseAction({ name: action, content: text(action) }, trace);
  expect(context.errors.getErrors()).toEqual([]);
});

test('a slip in a workflow, in an expression or in an action is found', async () => {
  const whole = text('.github/workflows/pull-request.yml');
  expect(await errorsOf('x.yml', whole.replace('runs-on:', 'run-on:'))).not.toEqual([]);
  expect(await errorsOf('x.yml', whole.replace('github.run_id', 'githb.run_id'))).not.toEqual([]);
  const slip = text(action).replace('using: composite', 'uses: composite');
  expect(parseAction({ name: action, content: slip }, trace).context.errors.getErrors()).not.toEqual([]);
});

test.each(all)('the actions of %s are pinned by digest, with their version beside it', (file) => {
  const used = [...text(file).matchAll(/^ *(?:- )?uses: +(\S+)(.*)/gm)].filter(
    ([, name = '']) => !name.startsWith('./'),
  );
  for (const [line, name, rest] of used) {
    expect(name, line).toMatch(/^(https:\/\/data\.forgejo\.org\/)?[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
    expect(rest, line).toMatch(/^ # v\d+\.\d+\.\d+$/);
  }
});

test('one version of an action is used everywhere', () => {
  const used = all.flatMap((file) => stepsOf(file).flatMap(({ uses }) => uses ?? []));
  const digests = new Map<string, Set<string>>();
  for (const one of used) {
    const [name = '', digest = ''] = one.replace('https://data.forgejo.org/', '').split('@');
    const key = name.split('/').slice(0, 2).join('/');
    digests.set(key, new Set([...(digests.get(key) ?? []), digest]));
  }
  expect([...digests].filter(([, known]) => known.size > 1)).toEqual([]);
});

test.each(githubWorkflows)('%s may only read, but for the job that publishes', (file) => {
  const { permissions, jobs } = workflow(file);
  expect(permissions).toEqual({ contents: 'read' });
  const more = Object.entries(jobs).filter(([, job]) => job.permissions !== undefined);
  expect(more.map(([name]) => name)).toEqual(file.endsWith('/release.yml') ? ['publish'] : []);
});

test('pull requests, also of forks, get nothing that is secret, and leave no credentials in the checkout', () => {
  const asked = [...githubWorkflows, ...forgejoWorkflows].filter((file) => /pull_request/.test(text(file)));
  expect(asked.length).toBeGreaterThan(1);
  for (const file of asked) {
    expect(text(file), file).not.toMatch(/secrets\.|pull_request_target|github\.token/);
  }
  const checkouts = all.flatMap((file) => stepsOf(file)).filter(({ uses }) => uses?.includes('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(5);
  for (const step of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': false });
});

/** Of a shell line: nothing but one program of ci/, or what a container of Fedora's needs before there is one. */
const plain = /^"?(\$GITHUB_ACTION_PATH\/\.\.\/\.\.\/\.\.\/|\/opt\/phyllome\/)?ci\/[a-z]+"? [^;|&`\n]*$|^ci\/[a-z]+$/;
const ofContainer = /^(dnf install -y [^;|&`$]+|npm ci [^;|&`$]+|modprobe [^;|&`$]+|git clone --quiet [^;|&`]+)$/;

test.each([...all, '.gitlab-ci.yml', '.gitlab/image.yml'])('no line of %s has logic of its own', (file) => {
  const lines = file.includes('gitlab') ? gitlabScripts(file) : stepsOf(file).flatMap(({ run }) => run ?? []);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !plain.test(line) && !ofContainer.test(line))).toEqual([]);
  // What somebody chooses comes by the environment, never into the text of a program.
  expect(lines.filter((line) => line.includes('${{') || line.includes('$[['))).toEqual([]);
  const programs = lines.flatMap((line) => /\bci\/([a-z]+)/.exec(line)?.[1] ?? []);
  expect(programs.filter((name) => !existsSync(path.join(checkout, 'ci', name)))).toEqual([]);
});

test('Forgejo and Gitea have the same', () => {
  expect(text('.gitea/workflows/phyllome.yml')).toBe(text('.forgejo/workflows/phyllome.yml'));
});

test('what the README tells others to write is a workflow, and uses inputs and outputs that the action has', async () => {
  const { inputs, outputs } = parse(text(action)) as Record<'inputs' | 'outputs', Readonly<Record<string, unknown>>>;
  const [, example = ''] = /```yaml\n(# \.github\/workflows\/[\s\S]*?)```/.exec(text('ci/README.md')) ?? [];
  expect(
    example
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#')).length,
  ).toBeLessThanOrEqual(10);
  expect(await errorsOf('example.yml', example)).toEqual([]);
  const steps = Object.values((parse(example) as ReturnType<typeof workflow>).jobs).flatMap(({ steps = [] }) => steps);
  const ours = steps.find(({ uses }) => uses?.includes('/.github/actions/image@'));
  expect(Object.keys(ours?.with ?? {})).not.toEqual([]);
  expect(Object.keys(ours?.with ?? {}).filter((name) => inputs[name] === undefined)).toEqual([]);
  const named = [...text('ci/README.md').matchAll(/steps\.\w+\.outputs\.(\w+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => outputs[name] === undefined)).toEqual([]);
});
