import type { BuiltChange, BuiltComparison } from '../compare/compare-built.ts';
import type { SourceCommit } from './commits-between.ts';

/**
 * The comparison with the commits that changed the file from which a change comes, for each that names one. They are what
 * touched that file between the two builds: a line of it is not looked for.
 */
export function withCommits(comparison: BuiltComparison, commits: readonly SourceCommit[] = []): BuiltComparison {
  const byFile = new Map<string, string[]>();
  for (const { revision, subject, files } of commits) {
    for (const file of files) byFile.set(file, [...(byFile.get(file) ?? []), `${revision} ${subject}`]);
  }
  const told = (change: BuiltChange): BuiltChange => {
    const found = byFile.get(sourceIn(change.cause) ?? '');
    return found === undefined ? change : { ...change, commits: found };
  };
  const parts = Object.entries(comparison.parts).map(([part, changes]) => [part, changes.map(told)] as const);
  return { ...comparison, parts: Object.fromEntries(parts) };
}

/** `needed by libfoo, overlays/net/component.yaml:4`, or `component net: people come in`. */
function sourceIn(cause = ''): string | undefined {
  const file = /(?:^|[\s:])((?:overlays|kickstarts)\/[^\s:,]+)/.exec(cause)?.[1];
  const component = /^component ([\w-]+): /.exec(cause)?.[1];
  return file ?? (component === undefined ? undefined : `overlays/${component}/component.yaml`);
}
