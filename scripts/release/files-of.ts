import { lstatSync } from 'node:fs';
import path from 'node:path';
import { kickstartIn, type StatedTest } from './judge-statement.ts';
import { OPENPGP } from './openpgp.ts';
import type { Said } from './rebuild-request.ts';
import { SIGNATURE } from './sign-sums.ts';
import { ATTESTATIONS, PROVENANCE_FILE } from './statement.ts';
import { isPlainName, SUMS } from './sums.ts';

/**
 * What of a directory that was verified is to be published, relative: what its list knows, the list, its signatures, the statements,
 * and what these name by its hash, where it is there. Whatever else lies beside them, logs and the like, is nobody else's business.
 */
export function filesOf(directory: string, said: Said, tests: readonly StatedTest[]): readonly string[] {
  const kickstart = said.provenance && kickstartIn(said.provenance);
  const beside = [SIGNATURE, OPENPGP, PROVENANCE_FILE, ATTESTATIONS, ...(kickstart ? [kickstart.file] : [])];
  const named = [...beside, ...tests.map(({ report }) => report)].filter(
    (file) => isPlainName(file) && lstatSync(path.join(directory, file), { throwIfNoEntry: false })?.isFile() === true,
  );
  return [...new Set([...said.sums.map(({ file }) => file), SUMS, ...named])];
}
