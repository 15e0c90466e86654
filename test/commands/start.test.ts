import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkout, renderShipped } from '../render/shipped.ts';
import { scratchDirectory } from './recording-context.ts';

const program = path.join(checkout, 'ci/phyllome');

/** Making the bundle takes longest: the tests share one. */
const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-start-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const cache = path.join(scratch, 'cache');
const env = { ...process.env, PHYLLOME_CACHE: cache, PHYLLOME_OUT: path.join(scratch, 'out'), NO_COLOR: '1' };

/** Runs the command line on a flavour with a slip in it; both ways to start must tell it alike. */
function findingsWith(otherCache: string): string {
  const mine = scratchDirectory();
  mkdirSync(path.join(mine, 'flavours'));
  writeFileSync(
    path.join(mine, 'flavours/slip.yaml'),
    'flavour: slip\nsummary: a slip\nextends: nano\nunits: [{enable: x}]\nusres: []\n',
  );
  const { status, stderr } = spawnSync(program, ['show', 'slip', '--dir', mine], {
    env: { ...env, PHYLLOME_CACHE: otherCache },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  return stderr.replaceAll(mine, 'MINE');
}

test('the bundle in the cache does what the sources do', { timeout: 60_000 }, () => {
  const bundled = findingsWith(cache);
  expect(readdirSync(path.join(cache, 'cli'))).toHaveLength(1);
  expect(bundled).toContain('unknown key `usres`');
  expect(bundled).toContain('lacks `reason`');
  // No directory can be made below a file: tsx runs the sources.
  const file = path.join(scratchDirectory(), 'file');
  writeFileSync(file, '');
  expect(findingsWith(path.join(file, 'cache'))).toBe(bundled);
});

test('the bundle is made once for the same sources', { timeout: 60_000 }, () => {
  const list = () => execFileSync(program, ['list'], { env, encoding: 'utf8' });
  const first = list();
  const made = readdirSync(path.join(cache, 'cli'));
  expect(list()).toBe(first);
  expect(readdirSync(path.join(cache, 'cli'))).toEqual(made);
});

test('templates that were compiled into the bundle render what they render from their sources', {
  timeout: 60_000,
}, () => {
  const rendered = execFileSync(program, ['render', 'nano', '--base', 'fedora-44'], { env, encoding: 'utf8' });
  expect(rendered).toBe(renderShipped('nano', 'fedora-44').kickstart);
  const [bundle = ''] = readdirSync(path.join(cache, 'cli'));
  const chunks = readdirSync(path.join(cache, 'cli', bundle)).filter((name) => name.endsWith('.mjs'));
  const texts = chunks.map((name) => readFileSync(path.join(cache, 'cli', bundle, name), 'utf8'));
  expect(texts.filter((text) => text.includes('kickstarts/templates/identity.ks.hbs')).length).toBeGreaterThan(0);
});

test('bash completes verbs, options, their values, and names of a directory that the line itself gives', {
  timeout: 60_000,
}, () => {
  const mine = scratchDirectory();
  mkdirSync(path.join(mine, 'flavours'));
  writeFileSync(path.join(mine, 'flavours/my-own-host.yaml'), 'flavour: my-own-host\nsummary: mine\nextends: nano\n');
  const complete = (...words: readonly string[]) => {
    const script = `source <("$1" completion bash)
      COMP_WORDS=("$@") COMP_CWORD=$(( $# - 1 )); compopt() { COMPREPLY+=("compopt $*"); }
      _phyllome "$1"; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, '_', program, ...words], {
      env,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.trim().split('\n');
  };
  expect(complete('bui')).toEqual(['build']);
  expect(complete('build', 'headless', '--base', '=', 'debian')).toEqual(['debian-13']);
  expect(complete('replay', '')).toEqual(['compopt -o default']);
  expect(complete('--dir', mine, 'test', 'my-o')).toEqual(['my-own-host']);
});

test('help loads the declarations of verbs, not what they work with', { timeout: 60_000 }, () => {
  expect(execFileSync(program, ['--help'], { env, encoding: 'utf8' })).toMatch(/^ {2}hardware check|^ {2}build /m);
  const [bundle = ''] = readdirSync(path.join(cache, 'cli'));
  const loaded = new Set<string>();
  const load = (chunk: string): void => {
    if (loaded.has(chunk)) return;
    loaded.add(chunk);
    const text = readFileSync(path.join(cache, 'cli', bundle, chunk), 'utf8');
    for (const [, next = ''] of text.matchAll(/(?:import|from) ?"\.\/([^"]+\.mjs)"/g)) load(next);
  };
  load('phyllome.mjs');
  const bytes = [...loaded].reduce((sum, chunk) => sum + statSync(path.join(cache, 'cli', bundle, chunk)).size, 0);
  expect(loaded.size).toBeGreaterThan(1);
  // Commander is most of it; the YAML library alone has more.
  expect(bytes).toBeLessThan(150_000);
});
