import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cacheWithBundle } from '../command-bundle.ts';
import { blocks } from '../docs/readme-blocks.ts';
import { projectWithPackage } from './installed-package.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const home = mkdtempSync(path.join(tmpdir(), 'phyllome-package-home-'));
const cache = cacheWithBundle(path.join(home, 'cache'));
let project: string;
let installed: string;

beforeAll(() => {
  project = projectWithPackage();
  installed = path.join(project, 'node_modules/phyllome');
}, 180_000);
afterAll(() => {
  rmSync(path.dirname(project), { recursive: true });
  rmSync(home, { recursive: true });
});

/** As in a shell of somebody who works in that project. */
const run = (program: string, ...words: string[]) => runWith({}, program, ...words);

function runWith(more: Readonly<Record<string, string>>, program: string, ...words: string[]): string {
  const env = { PATH: process.env.PATH, HOME: home, PHYLLOME_CACHE: cache, ...more, npm_config_offline: 'true' };
  return execFileSync(program, words, { cwd: project, env, encoding: 'utf8' });
}

/** What npx starts, without npx's seconds. */
const installedProgram = () => path.join(project, 'node_modules/.bin/phyllome');

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(checkout, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name)));

test('it holds what images are made of, as it is here, and no TypeScript; it needs no other package', () => {
  const modeOf = (root: string, file: string) => statSync(path.join(root, file)).mode & 0o111;
  const wanted = [...filesIn('kickstarts'), ...filesIn('overlays'), 'ci/phyllome'];
  expect(wanted.length).toBeGreaterThan(300);
  const differing = wanted.filter((file) => {
    const copy = path.join(installed, file);
    if (!existsSync(copy) || modeOf(installed, file) !== modeOf(checkout, file)) return true;
    return !readFileSync(copy).equals(readFileSync(path.join(checkout, file)));
  });
  expect(differing).toEqual([]);
  const files = readdirSync(installed, { recursive: true }).map(String);
  expect(files.filter((file) => /\.ts$/.test(file) && !/^dist\/types\/.*\.d\.ts$/.test(file))).toEqual([]);
  expect(readdirSync(path.join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['phyllome']);
  const licences = readFileSync(path.join(installed, 'dist/LICENCES.txt'), 'utf8');
  for (const name of ['ajv', 'commander', 'handlebars', 'yaml', 'zx'])
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
});

test('npx starts the command line', () => {
  const { version } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as { version: string };
  expect(run('npx', 'phyllome', '--version')).toBe(`phyllome ${version}\n`);
  expect(run('npx', 'phyllome', 'test', '--help')).toContain('--expect <file>');
});

test('it renders what the checkout renders, and writes into the current directory', () => {
  const rendered = run(installedProgram(), 'render', 'nano');
  const ofCheckout = runWith(
    { PHYLLOME_OUT: path.join(home, 'out') },
    path.join(checkout, 'ci/phyllome'),
    'render',
    'nano',
  );
  expect(rendered).toBe(ofCheckout);
  expect(existsSync(path.join(project, 'phyllome-out/nano/nano.ks'))).toBe(true);
  expect(readFileSync(path.join(installed, 'dist/installation.js'), 'utf8')).not.toMatch(/^import/);
});

test('what is about the sources of the project is refused', () => {
  for (const words of [['docs'], ['render', '--all', '--check'], ['new', '--check', 'mine']])
    expect(() => run(installedProgram(), ...words)).toThrow(/this is an installed package/);
});

test('the types of `test` are found and hold', () => {
  const program = `import { type TestResult, test } from 'phyllome';
const result: TestResult = await test('some.iso', { firmware: 'uefi', expect: { summary: 'x', ports: [22] } });
export const failed: string[] = result.machines.flatMap(({ problems }) => problems.map(({ message }) => message));
// @ts-expect-error: there is no such firmware
await test('some.iso', { firmware: 'coreboot' });
`;
  writeFileSync(path.join(project, 'use.ts'), program);
  const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2023'];
  expect(run(path.join(checkout, 'node_modules/.bin/tsc'), ...flags, 'use.ts')).toBe('');
});

test('`test` rejects where nothing can be tested, and the process goes on', () => {
  const program = `import { CannotTest, test } from 'phyllome';
const told = [];
const attempts = [
  () => test('./absent.iso'),
  () => test('./package.json', { only: ['no-failed-units'] }),
  () => test('headless', { from: 'usb' }),
  () => test('headless'),
  () => test('./absent.iso', { signal: AbortSignal.abort(new Error('enough')) }),
];
for (const attempt of attempts) {
  await attempt().catch((error) => told.push([error instanceof CannotTest, error.problems?.[0]?.code ?? error.message]));
}
console.log(JSON.stringify(told));
`;
  writeFileSync(path.join(project, 'use.mjs'), program);
  expect(JSON.parse(run('node', 'use.mjs'))).toEqual([
    [true, 'not-an-image'],
    [true, 'cannot-test-so'],
    [true, 'cannot-test-so'],
    [true, 'not-built'],
    [false, 'enough'],
  ]);
});

test('an expectation that is a value has its mistakes told at a place', () => {
  const program = `import { test } from 'phyllome';
await test(process.argv[2], { expect: { summary: 'x', checks: ['no-faild-units'] } }).catch((error) => console.log(JSON.stringify(error.problems)));
`;
  writeFileSync(path.join(project, 'expect.mjs'), program);
  const disk = path.join(project, 'disk.raw');
  writeFileSync(disk, Buffer.concat([Buffer.alloc(510), Buffer.from([0x55, 0xaa])]));
  expect(JSON.parse(run('node', 'expect.mjs', disk))).toEqual([
    expect.objectContaining({
      code: 'unknown-check',
      hint: 'did you mean `no-failed-units`?',
      file: path.join(project, 'phyllome-out/files/disk.raw/expectation.json'),
      line: 4,
    }),
  ]);
});

test('the examples of the README are of ten lines, and TypeScript finds nothing wrong', () => {
  const examples = blocks().filter(({ text }) => text.includes("import { test } from 'phyllome'"));
  expect(examples.map(({ id, language }) => `${id} ${language}`)).toEqual([
    'scripts/lab/README.md 2 ts',
    'scripts/lab/README.md 3 js',
  ]);
  for (const { text } of examples) expect(text.trim().split('\n').length).toBeLessThanOrEqual(10);
  symlinkSync(path.join(checkout, 'node_modules/vitest'), path.join(project, 'node_modules/vitest'));
  writeFileSync(path.join(project, 'example.ts'), examples[0]?.text ?? '');
  writeFileSync(path.join(project, 'example.mjs'), examples[1]?.text ?? '');
  const types = ['--types', 'node', '--typeRoots', path.join(checkout, 'node_modules/@types')];
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023', ...types];
  const tsc = path.join(checkout, 'node_modules/.bin/tsc');
  expect(run(tsc, ...flags, '--allowJs', '--checkJs', 'example.ts', 'example.mjs')).toBe('');
});
