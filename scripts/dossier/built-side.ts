import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { readJson } from '../files/index.ts';
import type { BuildManifest } from '../image/index.ts';
import type { RenderedMap } from '../render/index.ts';
import { readDossier } from './keep.ts';
import type { Dossier } from './read-facts.ts';

/** One built image, with what its build left beside it. */
export interface BuiltSide {
  /** As it was given. */
  readonly given: string;
  readonly directory: string;
  readonly manifest: BuildManifest;
  /** Absent where the build did not note it: another engine, an earlier version. */
  readonly dossier?: Dossier;
  /** The kickstart that it was made of; absent when somebody has removed it. */
  readonly kickstart?: { readonly file: string; readonly text: string; readonly map: ReadMap };
  /** Of the sources, by git: 40 hexadecimal digits. Changes that were not committed are not in it. */
  readonly revision?: string;
  /** The name of the tools tree that it was made with among the stages of a cache: `tools-efff63ef66205877ce3a`. */
  readonly tools?: string;
}

type ReadMap = Pick<RenderedMap, 'lines' | 'sources' | 'kernelArguments'>;

const MANIFEST = 'manifest.json';

/** Whether a path is that of a build: a directory with a manifest, a manifest, or an image. */
export function isBuilt(given: string): boolean {
  const info = statSync(given, { throwIfNoEntry: false });
  if (info === undefined) return false;
  if (info.isDirectory()) return statSync(path.join(given, MANIFEST), { throwIfNoEntry: false })?.isFile() === true;
  // A flavour's name has no dot, and a file beside may be called like one.
  return given.includes('.') && !given.endsWith('.ks');
}

/**
 * Reads what a build left: of a build directory, of its manifest, or of one of its images.
 * @throws UsageError where there is no manifest, or it does not know the image; ReportedError where one of the files is damaged
 */
export function readBuiltSide(given: string): BuiltSide {
  const isDirectory = statSync(given).isDirectory();
  const directory = isDirectory ? given : path.dirname(given);
  const file = isDirectory ? undefined : path.basename(given);
  const manifestFile = file?.endsWith('.json') === true ? given : path.join(directory, MANIFEST);
  const manifest = readJson(manifestFile) as BuildManifest | null | undefined;
  if (!Array.isArray(manifest?.outputs)) {
    throw new UsageError({
      code: 'no-manifest',
      severity: 'error',
      message: `${given}: ${manifestFile} is no manifest of a build`,
      hint: `What \`phyllome build\` left is wanted: its directory, or an image in it that lies beside its ${MANIFEST}.`,
    });
  }
  const outputs: BuildManifest['outputs'] = manifest.outputs;
  const images = outputs.flatMap(({ files }) => files.map((one) => one.file));
  if (manifestFile !== given && file !== undefined && !images.includes(file)) {
    throw new UsageError({
      code: 'unknown-image',
      severity: 'error',
      message: `${given} is none of the images that ${manifestFile} is about`,
      hint: `It knows ${images.join(', ')}.`,
    });
  }
  const dossier = dossierOf(directory, manifest.inputHash);
  const record = readJson(path.join(directory, 'build.json')) as BuildRecord | null | undefined;
  const kickstart = kickstartOf(directory, manifest.flavour, record);
  const tools = toolsOf(record);
  const revision = revisionOf(readJson(path.join(directory, 'provenance.json')));
  return {
    given,
    directory,
    manifest,
    ...(dossier && { dossier }),
    ...(kickstart && { kickstart }),
    ...(tools !== undefined && { tools }),
    ...(revision !== undefined && { revision }),
  };
}

function dossierOf(directory: string, inputHash: string): Dossier | undefined {
  try {
    return readDossier(directory, inputHash);
  } catch (error) {
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ReportedError({
      code: 'damaged-dossier',
      severity: 'error',
      message: `${directory}: the list of the image's files is not whole`,
      hint: 'Build it again: what is cached is used.',
    });
  }
}

/** What is read of `build.json`. */
interface BuildRecord {
  readonly kickstart?: string;
  /** Directory of the stage. */
  readonly tools?: string;
}

/** Only the name: what somebody else published names no directory of this machine whose programs would be run. */
function toolsOf(record: BuildRecord | null | undefined): string | undefined {
  const name = typeof record?.tools === 'string' ? path.basename(record.tools) : '';
  return /^tools-[0-9a-f]+$/.test(name) ? name : undefined;
}

/** What is read of the provenance, which a room above writes. */
interface Provenance {
  readonly predicate?: {
    readonly buildDefinition?: { readonly resolvedDependencies?: unknown };
  };
}

function revisionOf(read: unknown): string | undefined {
  const dependencies = (read as Provenance | null | undefined)?.predicate?.buildDefinition?.resolvedDependencies;
  if (!Array.isArray(dependencies)) return undefined;
  const commits = dependencies.map(
    (one: { readonly digest?: { readonly gitCommit?: unknown } } | null) => one?.digest?.gitCommit,
  );
  return commits.find((commit): commit is string => typeof commit === 'string' && /^[0-9a-f]{40}$/.test(commit));
}

/** The kickstart of a disk has a name of its own. */
function kickstartOf(
  directory: string,
  flavour: string,
  record: BuildRecord | null | undefined,
): BuiltSide['kickstart'] {
  const name = path.basename(record?.kickstart ?? `${flavour}.ks`);
  const map = readJson(path.join(directory, name.replace(/ks$/, 'map.json'))) as ReadMap | null | undefined;
  const text = textOf(path.join(directory, name));
  return Array.isArray(map?.lines) && text !== undefined ? { file: path.join(directory, name), text, map } : undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
