import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const checkout = path.join(import.meta.dirname, '..');
// Packages inside that are CommonJS ask for Node's own modules by `require`.
const banner = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom('/');";

/**
 * A file that Node runs by itself, of a TypeScript program whose imports are seen from the checkout: where a test starts
 * several processes, each would transpile it with tsx again. Gone with the run of the tests.
 */
export function plainProgram(source: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'program-')), 'program.mjs');
  const options = ['--bundle', '--platform=node', '--format=esm', '--conditions=source', '--log-level=error'];
  execFileSync(
    path.join(checkout, 'node_modules/.bin/esbuild'),
    [...options, '--loader=ts', `--banner:js=${banner}`, `--outfile=${file}`],
    { cwd: checkout, input: source },
  );
  return file;
}
