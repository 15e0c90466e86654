import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';
import { repository, runStep, standIn } from './runner.ts';
import { action, stepsOf } from './workflow-files.ts';

const pullRequest = '.github/workflows/pull-request.yml';
const lineWith = (file: string, words: string): string => {
  const line = stepsOf(file).find(({ run }) => run?.includes(words))?.run;
  if (line === undefined) throw new Error(`${file} has no step with ${words}`);
  return line;
};

test('a pull request is checked for real: rendered set, findings, reports', () => {
  const workspace = scratchDirectory();
  standIn(workspace);
  // Of all that `ci/check` starts only the tests and the set-up stand in: we are one of these tests.
  writeFileSync(path.join(workspace, 'ci/phyllome'), `#!/bin/sh\nexec "${checkout}/ci/phyllome" "$@"\n`, {
    mode: 0o755,
  });
  const { status, stdout, stderr, notes } = runStep(lineWith(pullRequest, 'ci/check'), {}, workspace);
  // What is in no flavour is told, and is no error.
  expect(stderr).not.toMatch(/error|failed/);
  expect(stdout).toMatch(/^\d+ kickstarts are as committed$/m);
  expect(notes).toEqual(['setup ', 'test unit']);
  const read = (name: string) => JSON.parse(readFileSync(path.join(workspace, 'reports', name), 'utf8')) as unknown;
  expect(read('lint.sarif')).toMatchObject({ version: '2.1.0' });
  expect(read('gl-code-quality-report.json')).toEqual([]);
  expect(status).toBe(0);
});

test('an image of a pull request is built, booted, compared with the target branch, and told', () => {
  const workspace = scratchDirectory();
  standIn(workspace);
  repository(workspace);
  const line = lineWith(pullRequest, 'ci/image').replace('origin/', '');
  const { status, notes, summary, outputs } = runStep(line, { GITHUB_BASE_REF: 'main' }, workspace);
  expect(status).toBe(0);
  const called = notes.map((note) => note.replaceAll(/\/\S*\/(out\/\w+)/g, 'SCRATCH/$1'));
  expect(called).toEqual([
    'setup ',
    'phyllome doctor',
    'phyllome build nano',
    'phyllome test nano --firmware both --format github',
    'setup ',
    'phyllome build nano',
    'phyllome test nano --firmware bios',
    'phyllome summary nano --outputs',
    'phyllome summary nano --outputs',
    'phyllome summary nano --against SCRATCH/out/nano',
    'phyllome cache prune --max 2GiB',
    'phyllome cache export kept/cache.tar',
  ]);
  expect(summary).toMatch(/^### summary of summary nano --against .*\/out\/nano\n$/);
  expect(outputs).toMatch(/^verdict=passed\ndirectory=.*\/out\/nano\nimage=.*nano\.iso\nreport=.*report\.html\n$/);
  expect(existsSync(path.join(workspace, 'kept/cache.tar'))).toBe(true);
  expect(existsSync(path.join(workspace, '.git/worktrees'))).toBe(false);
});

test('a target that is not there is no failure, and a boot that fails is one, with its summary', () => {
  const { status, stderr, summary, outputs } = runStep('ci/image nano --against nowhere', { FAIL_TEST: '1' });
  expect(stderr).toContain('nano at nowhere could not be built, so nothing is compared');
  expect(summary).toBe('### summary of summary nano\n');
  expect(outputs).toContain('verdict=');
  expect(status).toBe(1);
});

test('what cannot be built has no verdict', () => {
  const { status, outputs, notes } = runStep('ci/image nano', { FAIL_BUILD: 'yes' });
  expect(notes).not.toContain('phyllome test nano --firmware both --format github');
  expect([status, outputs]).toEqual([1, '']);
});

test("another repository's flavour is built of its own directory, and a kept cache is taken first", () => {
  const ours = scratchDirectory();
  standIn(ours);
  const workspace = scratchDirectory();
  mkdirSync(path.join(workspace, '.phyllome-kept'));
  writeFileSync(path.join(workspace, '.phyllome-kept/cache.tar'), '');
  const step = stepsOf(action).find(({ run }) => run?.includes('ci/image'));
  const env = {
    ...Object.fromEntries(Object.keys(step?.env ?? {}).map((name) => [name, ''])),
    IMAGE: 'mine',
    DIRECTORY: '.',
    FIRMWARE: 'uefi',
    SCENARIOS: 'two-disks, power-cut',
    LIMIT: '1GiB',
    PHYLLOME_OUT: path.join(workspace, 'phyllome-out'),
    GITHUB_ACTION_PATH: path.join(ours, '.github/actions/image'),
  };
  mkdirSync(env.GITHUB_ACTION_PATH, { recursive: true });
  const { status, notes, outputs } = runStep(step?.run ?? '', env, workspace);
  expect(status).toBe(0);
  expect(notes).toEqual([
    'setup ',
    'phyllome --dir . doctor',
    'phyllome --dir . cache import .phyllome-kept/cache.tar',
    'phyllome --dir . build mine',
    'phyllome --dir . test mine --firmware uefi --format github',
    'phyllome --dir . test mine --scenario two-disks --scenario power-cut --format github',
    'phyllome --dir . summary mine --outputs',
    'phyllome --dir . summary mine',
    'phyllome --dir . cache prune --max 1GiB',
    'phyllome --dir . cache export .phyllome-kept/cache.tar',
  ]);
  expect(outputs).toContain(`image=${workspace}/phyllome-out/mine/mine.iso\n`);
});

test('any image by its path is only booted', () => {
  const { status, notes, outputs } = runStep('ci/image ./some.iso --firmware bios');
  expect(notes.slice(-1)).toEqual(['phyllome test ./some.iso --firmware bios --format markdown']);
  expect(outputs).toMatch(/^verdict=passed\nimage=.*some\.iso\n$/);
  expect(status).toBe(0);
});

test('a release has the image, what goes with it, and what changed; the key is not in the environment of what is started', () => {
  const workspace = scratchDirectory();
  standIn(workspace);
  const first = runStep(
    'ci/release nano --into one',
    { SIGNING_KEY: 'text of a key', SIGNING_PASSWORD: 'word' },
    workspace,
  );
  expect(first.status).toBe(0);
  expect(readdirSync(path.join(workspace, 'one')).sort()).toEqual(['nano.dossier.tar.gz', 'nano.iso']);
  expect(first.notes.find((note) => note.startsWith('phyllome sign'))).toMatch(
    /^phyllome sign \S*out\/nano --signing-key \/\S+\/key --password-file \/dev\/fd\/3$/,
  );
  expect(first.notes.join()).not.toContain('text of a key');
  const second = runStep('ci/release nano --into two --previous one/nano.dossier.tar.gz', {}, workspace);
  expect(second.status).toBe(0);
  expect(second.notes.some((note) => note.startsWith('phyllome sign'))).toBe(false);
  expect(readFileSync(path.join(workspace, 'two/nano.notes.md'), 'utf8')).toMatch(
    /^notes of diff \S+\/previous \S+ --notes$/m,
  );
});

test('it is published with every file and with what changed as its text', () => {
  const workspace = scratchDirectory();
  standIn(workspace);
  const bin = path.join(workspace, 'bin');
  mkdirSync(bin);
  mkdirSync(path.join(workspace, 'release'));
  for (const [name, text] of [
    ['a.notes.md', 'of a'],
    ['b.notes.md', 'of b'],
    ['a.iso', ''],
  ] as const) {
    writeFileSync(path.join(workspace, 'release', name), text === '' ? '' : `${text}\n`);
  }
  const gh = '#!/bin/sh\necho "gh $*" >>"$NOTES"\nfor last; do :; done; cat "$last" >>"$NOTES"\n';
  writeFileSync(path.join(bin, 'gh'), gh, { mode: 0o755 });
  const more = { PATH: `${bin}:${process.env.PATH}` };
  const { status, notes } = runStep('ci/publish v1 release', more, workspace);
  expect(status).toBe(0);
  expect(notes[0]).toMatch(
    /^gh release create v1 release\/a\.iso release\/a\.notes\.md release\/b\.notes\.md --verify-tag --title v1 --notes-file \S+$/,
  );
  expect(notes.slice(1)).toEqual(['of a', 'of b']);
});
