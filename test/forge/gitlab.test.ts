import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';
import { repository, standIn } from './runner.ts';
import { text } from './workflow-files.ts';

const manifest = createRequire(import.meta.url).resolve('gitlab-ci-local/package.json');
const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
  readonly bin: string | Readonly<Record<string, string>>;
};
const program = path.join(path.dirname(manifest), typeof bin === 'string' ? bin : (Object.values(bin)[0] ?? ''));

/** Runs gitlab-ci-local, a runner for one's own machine: it reads pipelines by GitLab's schema first. */
function gitlab(workspace: string, ...args: readonly string[]) {
  // It copies the checkout for containers, by rsync, also where none is used.
  const bin = path.join(workspace, '.home/bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, 'rsync'), '#!/bin/sh\n', { mode: 0o755 });
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: path.join(workspace, '.home'),
    NOTES: path.join(workspace, '.notes'),
  };
  const result = spawnSync(process.execPath, [program, '--force-shell-executor', ...args], {
    cwd: workspace,
    env,
    encoding: 'utf8',
  });
  const notes = existsSync(env.NOTES) ? readFileSync(env.NOTES, 'utf8').trim().split('\n') : [];
  return { ...result, notes, said: `${result.stdout}${result.stderr}` };
}

function workspaceWith(pipeline: string): string {
  const workspace = scratchDirectory();
  standIn(workspace);
  writeFileSync(path.join(workspace, '.gitlab-ci.yml'), pipeline);
  writeFileSync(path.join(workspace, '.gitignore'), '.gitlab-ci-local/\n.home/\n.notes\n');
  cpSync(path.join(checkout, '.gitlab'), path.join(workspace, '.gitlab'), { recursive: true });
  repository(workspace);
  spawnSync('git', ['remote', 'add', 'origin', 'https://gitlab.example.org/group/project.git'], { cwd: workspace });
  return workspace;
}

const ofMergeRequest = [
  '--variable',
  'CI_PIPELINE_SOURCE=merge_request_event',
  '--variable',
  'CI_MERGE_REQUEST_DIFF_BASE_SHA=main',
];

test("the pipeline fits GitLab's own schema, and a merge request gets two of its jobs", () => {
  const { status, said } = gitlab(workspaceWith(text('.gitlab-ci.yml')), '--list-csv', ...ofMergeRequest);
  expect(said).toContain('json schema validated');
  expect(status).toBe(0);
  const jobs = [...said.matchAll(/^"?([\w-]+)"?;/gm)].map(([, name]) => name).filter((name) => name !== 'name');
  expect(jobs.sort()).toEqual(['check', 'nano']);
});

test('a slip in it is found', () => {
  const { status, said } = gitlab(
    workspaceWith(text('.gitlab-ci.yml').replace('when: always', 'when: allways')),
    '--list',
  );
  expect(said).toMatch(/when|schema/i);
  expect(status).not.toBe(0);
});

test('the pipeline of a merge request runs from end to end', () => {
  const workspace = workspaceWith(text('.gitlab-ci.yml'));
  const { status, said, notes } = gitlab(workspace, '--no-artifacts-to-source', ...ofMergeRequest);
  expect(said).toMatch(/PASS +check/);
  expect(said).toMatch(/PASS +nano/);
  expect(status).toBe(0);
  expect(notes).toContain('test unit');
  expect(notes).toContain(
    'phyllome lint --all --format pretty --sarif reports/lint.sarif --code-quality reports/gl-code-quality-report.json',
  );
  expect(notes.some((note) => /^phyllome summary nano --against \S+\/out\/nano$/.test(note))).toBe(true);
});

test('the template of other projects fits the schema, with its inputs in their places', () => {
  const include = {
    local: '.gitlab/image.yml',
    inputs: { image: 'mine', source: 'https://example.org/p.git', revision: 'v1' },
  };
  const workspace = workspaceWith(`include:\n  - ${JSON.stringify(include)}\n`);
  const { status, stdout, said } = gitlab(workspace, '--preview');
  expect(said).toContain('json schema validated');
  expect(status).toBe(0);
  const [document] = parseAllDocuments(stdout.slice(stdout.indexOf('---')));
  expect(document?.toJS()).toMatchObject({
    phyllome: { variables: { IMAGE: 'mine', REVISION: 'v1', FIRMWARE: 'both' }, stage: 'test' },
  });
});
