import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import { objectIn, readRegular, writeWhole } from '../files/index.ts';
import { type SigningKey, sealEnvelope } from '../signing/index.ts';
import { provenanceFault } from './judge-statement.ts';
import { ATTESTATIONS, PAYLOAD, PROVENANCE_FILE } from './statement.ts';
import type { Sum } from './sums.ts';
import { testStatements } from './test-results.ts';

/**
 * Signs what a build says of itself, and what tests found, each in an envelope: a line of one file, as in-toto bundles them.
 * @returns that file; undefined where there is nothing to say
 * @throws ReportedError where the build's own statement is of something else
 */
export function attest(directory: string, sums: readonly Sum[], key: SigningKey): string | undefined {
  const payloads = [
    ...provenanceIn(directory, sums),
    ...testStatements(directory, sums).map((statement) => JSON.stringify(statement)),
  ];
  const file = path.join(directory, ATTESTATIONS);
  if (payloads.length === 0) {
    rmSync(file, { force: true });
    return undefined;
  }
  writeWhole(file, payloads.map((payload) => `${sealEnvelope(payload, PAYLOAD, key)}\n`).join(''));
  return file;
}

function provenanceIn(directory: string, sums: readonly Sum[]): readonly string[] {
  const file = path.join(directory, PROVENANCE_FILE);
  // An earlier version wrote none.
  if (!existsSync(file)) return [];
  const read = readRegular(file, 64);
  const statement = 'bytes' in read ? objectIn(read.bytes) : undefined;
  const fault =
    'fault' in read ? read.fault : statement === undefined ? 'is no statement' : provenanceFault(statement, sums);
  if (statement !== undefined && fault === undefined) return [JSON.stringify(statement)];
  throw new ReportedError({
    code: 'not-signed',
    severity: 'error',
    message: `${file} ${fault}`,
    hint: 'Build it again; what is in the cache is used. Or remove that file, to sign without it.',
  });
}
