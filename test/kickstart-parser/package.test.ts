import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const checkout = path.resolve('.');
const scratch = mkdtempSync(path.join(tmpdir(), 'kickstart-package-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Somebody's project that has installed what "npm pack" makes. */
const consumer = mkdtempSync(path.join(tmpdir(), 'kickstart-consumer-'));
afterAll(() => rmSync(consumer, { recursive: true }));
const installed = path.join(consumer, 'node_modules/kickstart-parser');
const run = (program: string, ...words: string[]) => execFileSync(program, words, { cwd: consumer, encoding: 'utf8' });

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}
const manifestIn = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

beforeAll(() => {
  // Packing changes package.json for a moment: it is done in a copy.
  const copy = path.join(scratch, 'scripts/kickstart-parser');
  const own = path.join(checkout, 'scripts/kickstart-parser');
  for (const name of ['src', 'package.json', 'tsconfig.json', 'README.md'])
    cpSync(path.join(own, name), path.join(copy, name), { recursive: true });
  cpSync(path.join(checkout, 'tsconfig.json'), path.join(scratch, 'tsconfig.json'));
  symlinkSync(path.join(checkout, 'node_modules'), path.join(scratch, 'node_modules'));
  const env = {
    ...process.env,
    PATH: `${checkout}/node_modules/.bin:${process.env.PATH}`,
    npm_config_cache: path.join(scratch, 'npm'),
    npm_config_update_notifier: 'false',
  };
  execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch], {
    cwd: copy,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const packed = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', path.join(scratch, packed), '--strip-components=1', '-C', installed]);
  writeFileSync(path.join(consumer, 'package.json'), '{"type": "module"}\n');
  // What was packed from is as it was.
  expect(manifestIn(copy)).toEqual(manifestIn(own));
}, 120_000);

test('what is published names no sources, has everything that it names, and nothing else', () => {
  const { exports, bin, ...rest } = manifestIn(installed);
  const targets = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  );
  expect(JSON.stringify(exports)).not.toContain('source');
  for (const target of [...targets, ...Object.values(bin)])
    expect([target, existsSync(path.join(installed, target))]).toEqual([target, true]);
  expect(Object.keys(exports)).toEqual(['.', './report', './package.json']);
  expect(readdirSync(installed).sort()).toEqual(['README.md', 'dist', 'package.json']);
  for (const key of ['license', 'author', 'repository', 'description', 'engines']) expect(rest[key]).toBeDefined();
  expect(rest.dependencies).toBeUndefined();
});

test('it works by import and by require, with whatever conditions a program asks for, and as a command', () => {
  const code = "parse('lang C\\n').nodes.length";
  expect(run('node', '-e', `import('kickstart-parser').then(({ parse }) => console.log(${code}))`)).toBe('1\n');
  expect(
    run('node', '--conditions=source', '-e', `import('kickstart-parser').then(({ parse }) => console.log(${code}))`),
  ).toBe('1\n');
  expect(
    run('node', '-e', "import('kickstart-parser/report').then(({ printable }) => console.log(printable('a\\u001bb')))"),
  ).toBe('a␛b\n');
  expect(
    run(
      'node',
      '--no-warnings',
      '--experimental-require-module',
      '--input-type=commonjs',
      '-e',
      `const { parse } = require('kickstart-parser'); console.log(${code})`,
    ),
  ).toBe('1\n');
  expect(run('node', path.join(installed, 'dist/cli/main.js'), '--help')).toContain('check');
});

test('its types are found and hold', () => {
  writeFileSync(
    path.join(consumer, 'use.ts'),
    "import { type Diagnostic, parse, validate } from 'kickstart-parser';\nimport { formatPretty } from 'kickstart-parser/report';\nconst found: readonly Diagnostic[] = validate(parse('x\\n'), 'F44');\nexport const text: string = formatPretty(found, () => undefined);\n// @ts-expect-error: there is no such release\nvalidate(parse(''), 'F1');\n",
  );
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
  writeFileSync(
    path.join(consumer, 'use.cts'),
    "import kickstart = require('kickstart-parser');\nexport const count: number = kickstart.parse('x\\n').nodes.length;\n",
  );
  for (const file of ['use.ts', 'use.cts'])
    expect(run(path.join(checkout, 'node_modules/.bin/tsc'), ...flags, file)).toBe('');
});
