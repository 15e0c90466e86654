import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { hashOfCode } from '../../../scripts/test-run/schedule/hash-of-code.ts';
import { importedFiles } from '../../../scripts/test-run/schedule/imported-files.ts';

const checkout = path.resolve(import.meta.dirname, '../../..');
const place = mkdtempSync(path.join(tmpdir(), 'phyllome-code-'));
afterAll(() => rmSync(place, { recursive: true }));

/** A checkout with every way in which one file may need another. */
const sources: Readonly<Record<string, string>> = {
  'scripts/checks/index.ts': "import { one } from './one.ts';\n\nexport const all = [one];\n",
  'scripts/checks/one.ts': `import type { Guest } from '../lab/guest.ts';
import { type Topology, ask } from '../lab/index.ts';

export const one = (guest: Guest) => ask(guest);
`,
  'scripts/lab/index.ts':
    "export { type Asking, ask } from './ask.ts';\nexport { draw } from './screen.ts';\nexport type { Topology } from './topology.ts';\n",
  'scripts/lab/ask.ts': `import sums, { first } from 'sums';
import schema from './asking.schema.json' with { type: 'json' };
import '../told/start.ts';
import { readLines } from '@kept/lines/fast';

export const agent = new URL('agent.sh', import.meta.url);
export const ask = async () => (await import('./later.ts')).later(schema, sums, first, readLines);
`,
  'scripts/lab/guest.ts': 'export interface Guest {}\n',
  'scripts/lab/asking.schema.json': '{}',
  'scripts/lab/agent.sh': 'echo hello\n',
  'scripts/lab/later.ts': "export * from '../told/index.ts';\n",
  'scripts/lab/screen.ts': 'export const draw = () => {};\n',
  'scripts/lab/topology.ts': 'export interface Topology {}\n',
  'scripts/lab/README.md': 'The lab\n',
  'scripts/told/start.ts': 'console.log(1);\n',
  'scripts/told/index.ts': "export { said as told } from './said.ts';\n",
  'scripts/told/said.ts': 'export const said = 1;\n',
  'scripts/scenarios/index.ts': "export { told } from '../told/index.ts';\n",
  'scripts/test-run/index.ts': "import { own } from 'own-parser';\n\nexport const run = own;\n",
  'scripts/own-parser/package.json': '{"version": "0.1.0", "exports": {".": {"source": "./src/index.ts"}}}',
  'scripts/own-parser/src/index.ts': "export { own } from './own.ts';\n",
  'scripts/own-parser/src/own.ts': 'export const own = 1;\n',
  'node_modules/own-parser/package.json': '{"exports": {".": {"source": "../../scripts/own-parser/src/index.ts"}}}',
  'node_modules/sums/package.json': '{"version": "1.0.0", "exports": "./sums.js"}',
  'node_modules/@kept/lines/package.json': '{"version": "2.0.0"}',
  'node_modules/other/package.json': '{"version": "3.0.0"}',
};

beforeEach(() => {
  for (const [file, text] of Object.entries(sources)) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    writeFileSync(path.join(place, file), text);
  }
});

const reached = [
  'scripts/checks/index.ts',
  'scripts/checks/one.ts',
  'scripts/lab/ask.ts',
  'scripts/lab/asking.schema.json',
  'scripts/lab/agent.sh',
  'scripts/lab/later.ts',
  'scripts/told/start.ts',
  'scripts/told/said.ts',
  'scripts/scenarios/index.ts',
  'scripts/test-run/index.ts',
  'scripts/own-parser/src/own.ts',
];

test.each(reached)('%s is part of what asks and judges', (file) => {
  const before = hashOfCode(place);
  expect(hashOfCode(place)).toBe(before);
  appendFileSync(path.join(place, file), '\n');
  expect(hashOfCode(place)).not.toBe(before);
});

test.each(['node_modules/sums', 'node_modules/@kept/lines'])('another version of %s counts', (folder) => {
  const before = hashOfCode(place);
  writeFileSync(path.join(place, folder, 'package.json'), '{"version": "9.0.0"}');
  expect(hashOfCode(place)).not.toBe(before);
});

test.each([
  ['of which only types are used', 'scripts/lab/guest.ts'],
  ['that a door has for others', 'scripts/lab/screen.ts'],
  ['whose types a door hands on', 'scripts/lab/topology.ts'],
  ['that nobody imports', 'scripts/lab/README.md'],
])('a file %s is not: %s', (_, file) => {
  const before = hashOfCode(place);
  appendFileSync(path.join(place, file), '\n// changed\n');
  expect(hashOfCode(place)).toBe(before);
});

test('a package that nobody imports does not count', () => {
  const before = hashOfCode(place);
  writeFileSync(path.join(place, 'node_modules/other/package.json'), '{"version": "9.0.0"}');
  expect(hashOfCode(place)).toBe(before);
});

test('a file that moves is another one, and one that is missing is an error', () => {
  const before = hashOfCode(place);
  writeFileSync(path.join(place, 'scripts/checks/two.ts'), sources['scripts/checks/one.ts'] ?? '');
  writeFileSync(
    path.join(place, 'scripts/checks/index.ts'),
    "import { one } from './two.ts';\n\nexport const all = [one];\n",
  );
  expect(hashOfCode(place)).not.toBe(before);
  rmSync(path.join(place, 'scripts/checks/two.ts'));
  expect(() => hashOfCode(place)).toThrow(/two\.ts/);
});

test('of this checkout: checks, scenarios, the lab with its agent and schemas, and not what writes reports', () => {
  const entries = ['checks', 'scenarios', 'test-run'].map((room) => path.join(checkout, 'scripts', room, 'index.ts'));
  const { files, packages } = importedFiles(entries, checkout);
  const names = [...files.keys()].map((file) => path.relative(checkout, file));
  expect(names).toEqual(
    expect.arrayContaining([
      'scripts/checks/idle-memory.ts',
      'scripts/scenarios/vfio.ts',
      'scripts/lab/guest/agent.sh',
      'scripts/test-run/schedule/quarantine.schema.json',
      'scripts/lab/console/catalogue.ts',
      'scripts/test-run/diagnosis/diagnose.ts',
      'scripts/flavour/yaml-source.ts',
      'scripts/process/line-splitter.ts',
    ]),
  );
  expect(names.filter((name) => /README|scripts\/(report|commands|render|engines)\//.test(name))).toEqual([]);
  expect([...packages.keys()]).toEqual(expect.arrayContaining(['ajv', 'yaml', '@xterm/headless']));
});
