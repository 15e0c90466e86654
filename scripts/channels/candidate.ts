import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import { unpackFiles } from '../dossier/index.ts';
import { type Fields, fieldsOf, textOf } from '../files/index.ts';
import { FILES, filesOf, publishedDirectory, readSums, reportedTests, untrustedKey, verify } from '../release/index.ts';
import type { PublicKey } from '../signing/index.ts';
import { isVersion, type Offer } from './channel-index.ts';
import { verdictFaults } from './verdicts.ts';

/** A published directory that may become a release. */
export interface Candidate extends Omit<Offer, 'percent'> {
  readonly directory: string;
  /** What of it is published, relative. */
  readonly files: readonly string[];
}

/** Where an image says as which release it was made: of the component `releases`. */
const SYSTEM = '/usr/lib/phyllome/releases/system';

/**
 * Judges what a build published: signature, checksums, what it says of itself, its tests, and whether its hosts will know which
 * release they run and trust the next one.
 * @throws ReportedError with everything that is against it
 */
export async function candidateOf(directory: string, signer: PublicKey, signal: AbortSignal): Promise<Candidate> {
  const list = readSums(directory);
  const published = publishedDirectory(directory, signal);
  const { claims, said, tests } = await verify(published, { key: signer });
  const wrong = claims.filter(({ state, needed }) => state === 'wrong' || needed === true);
  if (wrong.length > 0 || said.manifest === undefined) {
    throw refused(
      directory,
      wrong.map(({ sentence, state }) => (state === 'wrong' ? sentence : `not claimed: ${sentence}`)),
      'Sign it, after its tests: `phyllome sign`. `phyllome verify` tells all claims.',
    );
  }
  const { manifest } = said;
  const faults = [
    ...(await identityFaults(manifest, signer, async () => {
      const found = await published.measure(FILES, { keep: true });
      return 'fault' in found ? undefined : found.content;
    })),
    ...verdictFaults(manifest, tests, reportedTests(directory, said.sums)),
  ];
  if (faults.length > 0) throw refused(directory, faults, HINT);
  const files = filesOf(directory, said, tests);
  return {
    directory,
    product: productOf(manifest),
    version: versionOf(manifest),
    sums: createHash('sha256').update(list.bytes).digest('hex'),
    bytes: files.reduce((sum, file) => sum + lstatSync(path.join(directory, file)).size, 0),
    files,
  };
}

const HINT = 'After tests: `phyllome sign` again, which signs their verdicts, too. Nothing was published.';

const productOf = (manifest: Fields): string => `${textOf(manifest.flavour)}-${textOf(manifest.base)}`;
const versionOf = (manifest: Fields): string => textOf(fieldsOf(manifest.releases)?.version);

async function identityFaults(
  manifest: Fields,
  signer: PublicKey,
  packedFiles: () => Promise<Buffer | undefined>,
): Promise<readonly string[]> {
  const [product, version] = [productOf(manifest), versionOf(manifest)];
  if (!/^[a-z\d][a-z\d.-]*$/.test(product)) return [`${JSON.stringify(product)} is no flavour and base`];
  if (manifest.releases === undefined || version === '') {
    return [
      'its hosts could not tell which release they run: give the flavour the component `releases`, with its option `version`',
    ];
  }
  if (!isVersion(version)) return [`${version} is no version: it is numbers with dots, such as 2026.12.1`];
  const untrusted = untrustedKey(manifest, signer);
  if (untrusted !== undefined) return [untrusted];
  const packed = await packedFiles();
  if (packed === undefined) return [];
  const expected = createHash('sha256').update(`${product} ${version}\n`).digest('hex');
  const isThere = unpackFiles(packed).some((file) => file.path === SYSTEM && file.sha256 === expected);
  return isThere ? [] : [`${SYSTEM} in the image does not say ${product} ${version}`];
}

function refused(directory: string, faults: readonly string[], hint: string): ReportedError {
  const told = faults.length > 0 ? faults : ['there is no manifest.json, which says what it is'];
  return new ReportedError(
    told.map((fault, index) => ({
      code: 'not-released',
      severity: 'error',
      message: `${directory}: ${fault}`,
      ...(index === told.length - 1 && { hint }),
    })),
  );
}
