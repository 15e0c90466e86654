import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blocksOf } from '../../docs/readme-blocks.ts';
import { projectWithPackage } from '../../package/installed-package.ts';
import { places } from '../image/phyllome.ts';
import { unpackedPackage } from './packages.ts';

const checkout = path.resolve(import.meta.dirname, '../../..');
let project: string;

beforeAll(async () => {
  project = projectWithPackage();
  const memtest = path.join(await unpackedPackage('memtest86+'), 'boot/memtest86+x64.bin');
  copyFileSync(memtest, path.join(project, 'memtest86+.bin'));
  copyFileSync(path.join(import.meta.dirname, 'expectations/memtest.yaml'), path.join(project, 'memtest.yaml'));
});
afterAll(() => rmSync(path.dirname(project), { recursive: true }));

const example = (language: string) =>
  blocksOf('scripts/lab/README.md').find(
    (block) => block.language === language && block.text.includes("from 'phyllome'"),
  )?.text ?? '';

function inProject(program: string, ...words: string[]): string {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, PHYLLOME_CACHE: places.cache };
  return execFileSync(program, words, { cwd: project, env, encoding: 'utf8' });
}

test('the example for `node --test` boots an image, as it stands in the README', () => {
  writeFileSync(path.join(project, 'boot.test.mjs'), example('js'));
  expect(inProject('node', '--test', '--test-reporter=tap')).toMatch(/^# pass 1$/m);
  const taps = path.join(project, 'phyllome-out/files/memtest86+.bin/test/bios/results.tap');
  expect(readFileSync(taps, 'utf8')).toMatch(/^ok 1 - memtest86\+\.bin\.bios$/m);
});

test('a test that is aborted leaves no machine, and rejects with the reason', () => {
  const program = `import { execFileSync } from 'node:child_process';
import { test } from 'phyllome';
const controller = new AbortController();
const machines = () => execFileSync('ps', ['--ppid', String(process.pid), '-o', 'args=']).toString().split('\\n').filter((line) => line.includes('qemu'));
let before = 0;
const onProgress = (line) => {
  if (!line.startsWith('the machine was turned on')) return;
  before = machines().length;
  controller.abort(new Error('enough'));
};
const testing = test('memtest86+.bin', { expect: 'memtest.yaml', signal: controller.signal, onProgress });
await testing.catch((error) => console.log(before > 0, error.message, machines().length));
`;
  writeFileSync(path.join(project, 'abort.mjs'), program);
  expect(inProject('node', 'abort.mjs')).toBe('true enough 0\n');
});

test.runIf(process.env.PHYLLOME_FOREIGN === 'all')('the example for Vitest does so, too', () => {
  rmSync(path.join(project, 'boot.test.mjs'), { force: true });
  symlinkSync(path.join(checkout, 'node_modules/vitest'), path.join(project, 'node_modules/vitest'));
  writeFileSync(path.join(project, 'boot.test.ts'), example('ts'));
  const told = inProject('node', path.join(checkout, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json');
  expect(JSON.parse(told)).toMatchObject({ numPassedTests: 1, numFailedTests: 0 });
});
