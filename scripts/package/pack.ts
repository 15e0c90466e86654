/** Makes `dist/`, which npm packs: programs without TypeScript, types, and the licences of what is in them. `npm pack` starts it. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleProgram } from '../engines/direct/index.ts';
import { findPlaces } from '../places/index.ts';
import { SystemRunner } from '../process/index.ts';

const { checkout } = findPlaces();
const dist = path.join(checkout, 'dist');
const runner = new SystemRunner();

/** What other programs see of our types, and what that needs. */
const declared = [
  ...['index', 'test', 'options', 'result', 'cannot-test'].map((name) => `package/${name}.d.ts`),
  'expectation/expectation-file.d.ts',
];

rmSync(dist, { recursive: true, force: true });
const bundling = await runner.run({ argv: ['node', 'ci/bundle.mjs', 'dist', 'package'], cwd: checkout });
writeFileSync(path.join(dist, 'installation.js'), await bundleProgram(runner, checkout));
writeFileSync(path.join(dist, 'LICENCES.txt'), licencesOf(JSON.parse(bundling.stdout) as string[]));
await writeTypes();

async function writeTypes(): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'phyllome-types-'));
  const project = path.join(scratch, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: path.join(scratch, 'types'),
    rootDir: path.join(checkout, 'scripts'),
    typeRoots: [path.join(checkout, 'node_modules/@types')],
  };
  const files = [path.join(checkout, 'scripts/package/index.ts')];
  const config = { extends: path.join(checkout, 'tsconfig.json'), compilerOptions, files, include: [] };
  writeFileSync(project, JSON.stringify(config));
  const tsc = path.join(checkout, 'node_modules/.bin/tsc');
  await runner.run({ argv: [tsc, '--project', project], cwd: checkout });
  for (const file of declared) {
    const target = path.join(dist, 'types', file);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(path.join(scratch, 'types', file), target);
  }
  // The door as far as these types go through it.
  const door = "export type { ExpectationFile } from './expectation-file.js';\n";
  writeFileSync(path.join(dist, 'types/expectation/index.d.ts'), door);
  rmSync(scratch, { recursive: true });
}

/** The licence of each package that has a file among these. */
function licencesOf(inputs: readonly string[]): string {
  const folders = inputs.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const directory = path.join(checkout, folder);
    const { name, version, license } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as {
      readonly [key: string]: string;
    };
    const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined && license === undefined) throw new Error(`${folder} has no licence`);
    const text = file === undefined ? `Licence: ${license}` : readFileSync(path.join(directory, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return `The programs in this folder contain the following packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
