import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { closest, type Diagnostic, UsageError } from '../../diagnostic/index.ts';
import { whyNotRead } from '../../flavour/index.ts';
import type { SourceDirectory } from '../../places/index.ts';

/** A topology's file, absolute and as diagnostics name it. */
export interface TopologyPlace {
  readonly file: string;
  readonly shownAs: string;
}

/** The names of the topologies in all of the directories, sorted. */
export function topologyNames(directories: readonly SourceDirectory[]): readonly string[] {
  const names = directories.flatMap(({ root, topologies }) => {
    const folder = path.join(root, topologies);
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
  });
  return [...new Set(names.map((name) => name.slice(0, -'.yaml'.length)))].sort();
}

/**
 * Where a topology lies: a path (with a `/` or the ending of YAML) is meant as it is, a name is that of the first directory
 * that has it.
 * @throws UsageError when no directory has it
 */
export function findTopology(nameOrFile: string, directories: readonly SourceDirectory[]): TopologyPlace {
  if (isPath(nameOrFile)) return { file: path.resolve(nameOrFile), shownAs: nameOrFile };
  const [first] = placesOf(nameOrFile, directories);
  if (first === undefined) throw noSuchTopology(nameOrFile, directories);
  return first;
}

/** Tells that a name means another machine than the scenarios of that name are played on; undefined when it does not. */
export function hiddenTopology(name: string, directories: readonly SourceDirectory[]): Diagnostic | undefined {
  const [used, hidden] = isPath(name) ? [] : placesOf(name, directories);
  if (used === undefined || hidden === undefined) return undefined;
  return {
    code: 'topology-hidden',
    severity: 'warning',
    message: `\`${name}\` is ${used.shownAs}, not ${hidden.shownAs}`,
    hint: 'Another name keeps both at hand. Scenarios are played on the machines of the project, whatever these are called.',
  };
}

export function noSuchTopology(nameOrFile: string, directories: readonly SourceDirectory[]): UsageError {
  const known = topologyNames(directories);
  const slip = isPath(nameOrFile) ? undefined : closest(nameOrFile, known);
  const stray = isPath(nameOrFile) ? undefined : notReadAs(nameOrFile, directories);
  return new UsageError({
    code: 'unknown-topology',
    severity: 'error',
    message: isPath(nameOrFile) ? `${nameOrFile}: there is no such file` : `there is no topology \`${nameOrFile}\``,
    hint: stray ?? (slip ? `did you mean \`${slip}\`?` : `there are: ${known.join(', ')}`),
  });
}

const isPath = (nameOrFile: string): boolean => nameOrFile.includes('/') || /\.ya?ml$/.test(nameOrFile);

/** A file of that name that lies beside topologies and is not read, and why. */
function notReadAs(name: string, directories: readonly SourceDirectory[]): string | undefined {
  for (const { root, label, topologies } of directories) {
    const folder = path.join(root, topologies);
    for (const file of existsSync(folder) ? readdirSync(folder) : []) {
      const why = whyNotRead(file);
      if (why !== undefined && file.replace(/\..*$/, '') === name)
        return `\`${path.posix.join(label, topologies, file)}\` is not read: ${why}`;
    }
  }
  return undefined;
}

function placesOf(name: string, directories: readonly SourceDirectory[]): TopologyPlace[] {
  return directories.flatMap(({ root, label, topologies }) => {
    const relative = `${topologies}/${name}.yaml`;
    const file = path.join(root, relative);
    return existsSync(file) ? [{ file, shownAs: path.posix.join(label, relative) }] : [];
  });
}
