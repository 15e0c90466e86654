import { statSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../../context/index.ts';
import { sha256Of } from '../../files/index.ts';
import { CommandNotFound, inToolsTree } from '../../process/index.ts';
import type { BuiltSide } from '../built-side.ts';
import { type ChangedSource, changedSources } from './changed-sources.ts';
import { type ChangelogEntry, entriesSince } from './entries.ts';

/** What the packages of one source say of what changed between two images. */
export interface SourceChanges {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly packages: readonly string[];
  /** Newest first. */
  readonly entries: readonly ChangelogEntry[];
  /** Why there is none, or not all of them. */
  readonly missing?: string;
}

/** Of packages as large as this together the changelogs are looked for without being asked: some seconds' work. */
const USUAL_BYTES = 150e6;
/** Of each, unpacked: the newest entries are first. */
const MOST_TEXT = 1_000_000;

/**
 * Changelogs of packages with another version, out of their .deb files: images leave documentation out. Only what the
 * download cache has of the newer image is read, offline; of each that it lacks this is told. Smaller packages come first, and
 * unless `all` is said, the reading ends where it would take long.
 */
export async function readChangelogs(
  before: BuiltSide,
  after: BuiltSide,
  all: boolean,
  context: Pick<Context, 'places' | 'runner' | 'signal'>,
): Promise<readonly SourceChanges[]> {
  if (before.dossier === undefined || after.dossier === undefined) return [];
  const cache = path.join(context.places.cache, 'packages');
  const tools = toolsIn(context.places.cache, after.tools);
  const found = changedSources(before.dossier.contents, after.dossier.contents).map((source) => {
    const debs = source.debs.flatMap(({ file, sha256 }) => {
      const bytes = statSync(path.join(cache, file), { throwIfNoEntry: false })?.size;
      return bytes === undefined ? [] : [{ file: path.join(cache, file), sha256, bytes }];
    });
    return { source, debs: debs.sort((a, b) => a.bytes - b.bytes) };
  });
  let left = all ? Number.POSITIVE_INFINITY : USUAL_BYTES;
  const told: SourceChanges[] = [];
  const bytesOf = ({ debs }: (typeof found)[number]) => debs[0]?.bytes ?? 0;
  for (const { source, debs } of found.sort((a, b) => bytesOf(a) - bytesOf(b))) {
    if (debs.length === 0) {
      told.push(without(source, 'its .deb is not in the download cache'));
    } else if (tools === undefined) {
      told.push(without(source, 'the tools tree that unpacks its .deb is not in the cache'));
    } else if (left <= 0) {
      told.push(without(source, 'left out, as it would take long; --notes reads all'));
    } else {
      let text = '';
      for (const deb of debs) {
        left -= deb.bytes;
        text = await changelogIn(deb, tools, context);
        if (text !== '' || left <= 0) break;
      }
      told.push(entriesOf(source, text));
    }
  }
  return told.sort((a, b) => (a.source < b.source ? -1 : 1));
}

function toolsIn(cache: string, name: string | undefined): string | undefined {
  const root = name === undefined ? undefined : path.join(cache, 'stages', name, 'root');
  return root !== undefined && statSync(root, { throwIfNoEntry: false })?.isDirectory() === true ? root : undefined;
}

const plain = ({ source, from, to, packages }: ChangedSource) => ({ source, from, to, packages });

const without = (source: ChangedSource, missing: string): SourceChanges => ({ ...plain(source), entries: [], missing });

function entriesOf(source: ChangedSource, text: string): SourceChanges {
  const { entries, isWhole } = entriesSince(text, source.source, source.from);
  if (entries.length === 0) return without(source, 'its package has no changelog');
  return { ...plain(source), entries, ...(!isWhole && { missing: `it does not go back to ${source.from}` }) };
}

/** $0: the .deb. Where documentation is another package's, there is a link in place of it, and nothing comes out. */
const unpack = [
  'dpkg-deb --fsys-tarfile "$0"',
  `tar -xO --wildcards './usr/share/doc/*/changelog.Debian.gz' './usr/share/doc/*/changelog.gz' 2> /dev/null`,
  'gzip -dc 2> /dev/null',
  `head -c ${MOST_TEXT}`,
].join(' | ');

/** Empty where there is none, or the file is not the package that was installed. */
async function changelogIn(
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  tools: string,
  { runner, signal }: Pick<Context, 'runner' | 'signal'>,
): Promise<string> {
  if ((await sha256Of(file, signal)) !== sha256) return '';
  const argv = inToolsTree(tools, ['sh', '-c', unpack, file], { read: [file] });
  try {
    return (await runner.run({ argv }, { signal, allowFailure: true })).stdout;
  } catch (error) {
    // Without bubblewrap it can be compared all the same.
    if (error instanceof CommandNotFound) return '';
    throw error;
  }
}
