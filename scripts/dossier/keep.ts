import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readJson } from '../files/index.ts';
import type { Contents } from './contents.ts';
import { packFiles, unpackFiles } from './file-list.ts';
import type { Dossier } from './read-facts.ts';

/** Small enough to be read by people and programs. */
const CONTENTS = 'contents.json';
/** Every file of the system: some megabytes, packed, for programs. */
const FILES = 'files.gz';

/** The two files of a dossier, by name. */
export function dossierFiles({ contents, files }: Dossier): ReadonlyMap<string, string | Uint8Array> {
  return new Map<string, string | Uint8Array>([
    [CONTENTS, `${JSON.stringify(contents, null, 1)}\n`],
    [FILES, packFiles(files)],
  ]);
}

/**
 * What lies in a build directory beside the manifest with that input hash; undefined where that build did not note it (other
 * engines, earlier versions).
 * @throws SyntaxError where the list of files is none
 */
export function readDossier(directory: string, inputHash: string): Dossier | undefined {
  const contents = readJson(path.join(directory, CONTENTS)) as Contents | null | undefined;
  if (contents?.schema !== 1 || contents.inputHash !== inputHash) return undefined;
  return { contents, files: unpackFiles(readFileSync(path.join(directory, FILES))) };
}
