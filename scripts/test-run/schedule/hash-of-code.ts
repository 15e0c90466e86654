import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isPackaged } from '../../places/index.ts';
import { importedFiles } from './imported-files.ts';

/** Where the code begins that asks and judges. */
const entries = ['scripts/checks/index.ts', 'scripts/scenarios/index.ts', 'scripts/test-run/index.ts'];

/**
 * Hash over everything in the checkout that asks and judges: the files that checks, scenarios and the running of tests
 * import, and the versions of the packages. It is read from the sources, also when the program runs from a bundle.
 * Topologies are not in it, as each machine's own is part of what its answers are remembered by; nor is the quarantine,
 * as what is in it is never remembered. An installed package has its program in `dist/`, other packages' code in it.
 */
export function hashOfCode(checkout: string): string {
  if (isPackaged) return hashOfPrograms(path.join(checkout, 'dist'));
  const { files, packages } = importedFiles(
    entries.map((entry) => path.join(checkout, entry)),
    checkout,
  );
  const hash = createHash('sha256');
  for (const [file, text] of sorted(files)) hash.update(`${path.relative(checkout, file)}\0${text}\0`);
  for (const [name, { version }] of sorted(packages)) hash.update(`${name}@${version}\0`);
  return hash.digest('hex');
}

function hashOfPrograms(directory: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(directory).sort()) {
    if (name.endsWith('.mjs')) hash.update(`${name}\0`).update(readFileSync(path.join(directory, name)));
  }
  return hash.digest('hex');
}

const sorted = <T>(entriesOf: ReadonlyMap<string, T>): [string, T][] =>
  [...entriesOf].sort(([one], [other]) => (one < other ? -1 : 1));
