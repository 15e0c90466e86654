import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';

/** What stands in for this program: it notes how it was called, and answers as the real one does. */
const PHYLLOME = `#!/usr/bin/env bash
echo "phyllome $*" >>"$NOTES"
case $* in *'--format github') [ -z "\${GITHUB_STEP_SUMMARY:-}" ] || echo 'the test writes a summary, too' >>"$NOTES" ;; esac
while [ "$1" = --dir ]; do shift 2; done
out=\${PHYLLOME_OUT:-$(dirname "$0")/../out}
case $* in
  'summary '*' --outputs') printf 'verdict=%s\\ndirectory=%s\\nimage=%s\\nreport=%s\\n' passed "$out/$2" "$out/$2/$2.iso" "$out/$2/test/bios/report.html" ;;
  'summary '*) echo "### summary of $*" ;;
  'build '*) [ -z "\${FAIL_BUILD:-}" ] || exit 1; mkdir -p "$out/$2"; echo iso >"$out/$2/$2.iso"; echo {} >"$out/$2/manifest.json" ;;
  'test '*) exit "\${FAIL_TEST:-0}" ;;
  'cache export '*) echo tar >"$3" ;;
  'diff '*) echo "notes of $*" ;;
esac
`;

/** The files of a repository that is this one, but for the program, the set-up and the tests, which only note that they were started. */
export function standIn(workspace: string): void {
  const ci = path.join(workspace, 'ci');
  mkdirSync(ci, { recursive: true });
  for (const name of ['check', 'image', 'release', 'publish'])
    copyFileSync(path.join(checkout, 'ci', name), path.join(ci, name));
  writeFileSync(path.join(ci, 'phyllome'), PHYLLOME, { mode: 0o755 });
  for (const name of ['setup', 'test']) {
    writeFileSync(path.join(ci, name), `#!/bin/sh\necho "${name} $*" >>"$NOTES"\n`, { mode: 0o755 });
  }
}

export interface Ran {
  readonly status: number | null;
  readonly notes: readonly string[];
  readonly summary: string;
  readonly outputs: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly workspace: string;
}

const lines = (file: string): readonly string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
const whole = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/**
 * Runs lines of shell as a runner does ("Variables" of GitHub's documentation, which Forgejo and Gitea follow): `bash -e`, in the checkout,
 * with a home of its own and nothing of our environment.
 * @param more in the environment, or in place of what is there
 */
export function runStep(script: string, more: NodeJS.ProcessEnv = {}, workspace = preparedWorkspace()): Ran {
  const runner = scratchDirectory();
  const [notes, summary, outputs, home] = ['notes', 'summary.md', 'output', 'home'].map((name) =>
    path.join(runner, name),
  );
  if (home === undefined) throw new Error('no home');
  mkdirSync(home);
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: outputs,
    RUNNER_TEMP: runner,
    NOTES: notes,
    ...more,
  };
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: workspace,
    env,
    encoding: 'utf8',
  });
  return {
    status,
    stdout,
    stderr,
    workspace,
    notes: lines(notes ?? ''),
    summary: whole(summary ?? ''),
    outputs: whole(outputs ?? ''),
  };
}

function preparedWorkspace(): string {
  const workspace = scratchDirectory();
  standIn(workspace);
  return workspace;
}

/** A repository with two revisions: `main`, and a change on top of it that is checked out. */
export function repository(workspace: string): void {
  const git = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'init.defaultBranch=main', ...args],
      { cwd: workspace, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  git('checkout', '--quiet', '-b', 'change');
  writeFileSync(path.join(workspace, 'changed'), 'yes\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'second');
}
