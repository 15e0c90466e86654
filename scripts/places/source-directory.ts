import path from 'node:path';

/** One place where flavours, bases, components, hardware profiles and topologies are looked for. The first that has a name wins. */
export interface SourceDirectory {
  /** Absolute. */
  readonly root: string;
  /** How diagnostics and the map begin the names of its files: empty for the checkout. */
  readonly label: string;
  readonly flavours: string;
  readonly bases: string;
  readonly overlays: string;
  readonly hardware: string;
  readonly topologies: string;
  /** Exact packages of flavours. */
  readonly locks: string;
}

export function checkoutDirectory(checkout: string): SourceDirectory {
  return {
    root: checkout,
    label: '',
    flavours: 'kickstarts/flavours',
    bases: 'kickstarts/bases',
    overlays: 'overlays',
    hardware: 'kickstarts/hardware',
    topologies: 'scripts/lab/topologies',
    locks: 'kickstarts/locks',
  };
}

/** A user's own directory beside the checkout, with `flavours/`, `bases/`, `overlays/`, `hardware/`, `topologies/` and `locks/`. */
export function userDirectory(root: string, label: string): SourceDirectory {
  return {
    root,
    label,
    flavours: 'flavours',
    bases: 'bases',
    overlays: 'overlays',
    hardware: 'hardware',
    topologies: 'topologies',
    locks: 'locks',
  };
}

/**
 * The user's directories, then the checkout. A user's files are named by the last part of the directory's path, so that
 * nothing rendered tells where on somebody's machine it was made.
 */
export function sourceDirectories(checkout: string, user: readonly string[]): readonly SourceDirectory[] {
  const taken = new Set(['kickstarts', 'overlays', 'scripts']);
  const own = user.map((root) => {
    // In names of files that are printed and stand in maps, line by line.
    const plain = path.basename(root).replaceAll(/[\p{Cc}\u2028\u2029]/gu, '_');
    let label = plain;
    for (let number = 2; taken.has(label); number++) label = `${plain}-${number}`;
    taken.add(label);
    return userDirectory(root, label);
  });
  return [...own, checkoutDirectory(checkout)];
}

/** Where a file lies that a diagnostic or a map names. */
export function absolutePathOf(file: string, directories: readonly SourceDirectory[]): string {
  if (path.isAbsolute(file)) return file;
  const owner = directories.find(({ label }) => label === '' || file.startsWith(`${label}/`));
  return path.join(owner?.root ?? '', owner?.label ? file.slice(owner.label.length + 1) : file);
}
