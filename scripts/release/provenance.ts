import { createHash } from 'node:crypto';
import path from 'node:path';
import { billOf, readBuiltSide } from '../dossier/index.ts';
import { readRegular, writeWhole } from '../files/index.ts';
import { readSums } from './sign-sums.ts';
import { PROVENANCE, PROVENANCE_FILE, type Resource, statementOf } from './statement.ts';

/** What is known of a build beside what it left. */
export interface BuildFacts {
  /** The command as it can be typed, without what is somebody's own: addresses and paths. */
  readonly command: readonly string[];
  /** What of it decides the result. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of this program. */
  readonly version: string;
  /** Its git revision, 40 hexadecimal digits, with `-dirty` behind where it was changed; undefined outside of a checkout. */
  readonly revision?: string | undefined;
  readonly startedOn: Date;
  readonly finishedOn: Date;
}

/** `buildType` says what parameters mean: those of `phyllome build`. */
const BUILD_TYPE = 'https://phyllo.me/build-types/phyllome-build/v1';
const BUILDER = 'https://phyllo.me/builders/phyllome';

/**
 * Writes where it comes from beside what was just published: SLSA's provenance, version 1, as an in-toto statement. It has times
 * in it, so the list of checksums does not cover it: the same bits have the same list, whoever makes them and whenever.
 */
export function writeProvenance(directory: string, facts: BuildFacts): void {
  const statement = statementOf(readSums(directory).sums, PROVENANCE, predicateOf(directory, facts));
  writeWhole(path.join(directory, PROVENANCE_FILE), `${JSON.stringify(statement, null, 1)}\n`);
}

function predicateOf(directory: string, facts: BuildFacts): Readonly<Record<string, unknown>> {
  const { manifest, dossier, kickstart } = readBuiltSide(directory);
  const { lock, inputHash } = manifest;
  const source = kickstart && { name: path.basename(kickstart.file), text: kickstart.text };
  const bill = dossier && billOf(manifest, dossier, source);
  const [commit, dirty] = facts.revision?.split('-') ?? [];
  const resolvedDependencies: readonly Resource[] = [
    ...(commit === undefined
      ? []
      : [{ name: 'phyllome', digest: { gitCommit: commit }, ...(dirty && { annotations: { changed: true } }) }]),
    ...(source ? [{ name: source.name, digest: { sha256: sha256(source.text) } }] : []),
    ...(typeof lock === 'object' ? [{ name: lock.file, digest: { sha256: lock.sha256 } }] : []),
    ...(bill?.packages ?? []).map(({ name, purl, sha256: sum }) => ({
      name,
      ...(purl !== undefined && { uri: purl }),
      ...(sum !== undefined && { digest: { sha256: sum } }),
    })),
    ...(bill?.loaders ?? []).map(({ name, purl }) => ({ name, ...(purl !== undefined && { uri: purl }) })),
  ];
  const tools = (bill?.tools ?? []).map(({ name, version }): readonly [string, string] => [name, version]);
  return {
    buildDefinition: {
      buildType: BUILD_TYPE,
      externalParameters: {
        command: facts.command,
        ...facts.parameters,
        outputs: manifest.outputs.map(({ output }) => output),
      },
      internalParameters: { inputHash, lock: lock ?? 'unknown' },
      resolvedDependencies,
    },
    runDetails: {
      builder: { id: BUILDER, version: { ...Object.fromEntries(tools), phyllome: facts.version } },
      metadata: { startedOn: seconds(facts.startedOn), finishedOn: seconds(facts.finishedOn) },
      byproducts: ['build.json'].flatMap((name) => byproduct(directory, name)),
    },
  };
}

function byproduct(directory: string, name: string): readonly Resource[] {
  const read = readRegular(path.join(directory, name), 64);
  return 'fault' in read ? [] : [{ name, digest: { sha256: sha256(read.bytes) } }];
}

const seconds = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
