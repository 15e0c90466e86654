import { archiveName } from '../../package-lock/index.ts';
import type { Contents } from '../contents.ts';

/** Packages of one source that have another version now. */
export interface ChangedSource {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly packages: readonly string[];
  /** Files that may have its changelog, as the download cache calls them. */
  readonly debs: readonly { readonly file: string; readonly sha256: string }[];
}

/** Sources, by name, of which a package is in both images, in another version of the source. */
export function changedSources(
  before: Pick<Contents, 'packages'>,
  after: Pick<Contents, 'packages'>,
): readonly ChangedSource[] {
  const old = new Map(before.packages.map(({ source, sourceVersion }) => [source, sourceVersion]));
  const found = new Map<string, { -readonly [K in keyof ChangedSource]: ChangedSource[K] }>();
  for (const { name, version, architecture, source, sourceVersion, sha256 } of after.packages) {
    const from = old.get(source);
    if (from === undefined || from === sourceVersion) continue;
    const one = found.get(source) ?? { source, from, to: sourceVersion, packages: [], debs: [] };
    const file = archiveName({ name, version, architecture });
    found.set(source, {
      ...one,
      packages: [...one.packages, name],
      // A list from elsewhere names no file outside the cache.
      debs: [...one.debs, ...(sha256 === undefined || file.includes('/') ? [] : [{ file, sha256 }])],
    });
  }
  return [...found.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
}
