import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isPackaged } from '../../../places/index.ts';
import type { Runner } from '../../../process/index.ts';

/** The installer's program, from the checkout. */
const programSource = 'scripts/installation/program.ts';

const parser = './scripts/kickstart-parser/src';

const options = [
  '--bundle',
  '--format=esm',
  '--platform=neutral',
  // Nothing of a package can come along; what would remain as an import is refused below. The parser is our own source.
  '--packages=external',
  `--alias:kickstart-parser=${parser}/index.ts`,
  `--alias:kickstart-parser/report=${parser}/report/index.ts`,
  '--target=es2022',
  '--minify',
  '--legal-comments=none',
  '--charset=utf8',
  '--log-level=warning',
];

/**
 * The program as one module that QuickJS runs (`qjs --std -m`): it knows neither Node nor packages. The same sources give the same
 * text, wherever the checkout lies; an installed package has it ready.
 * @throws CommandFailed with esbuild's own words and places; Error where the program needs what no medium has
 */
export async function bundleProgram(runner: Runner, checkout: string, source = programSource): Promise<string> {
  if (isPackaged) return readFile(path.join(checkout, 'dist/installation.js'), 'utf8');
  const esbuild = path.join(checkout, 'node_modules/esbuild/bin/esbuild');
  const { stdout } = await runner.run({ argv: [esbuild, source, ...options], cwd: checkout });
  const imports = /^(?:import\b[^;]*;)+/.exec(stdout)?.[0];
  if (imports !== undefined) throw new Error(`${source} needs what QuickJS does not have: ${imports}`);
  return stdout;
}
