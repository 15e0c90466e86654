/** Whether we are root already, or must make ourselves root of a user namespace by subordinate ids. */
export type Privilege = 'root' | 'user-namespace';

export function privilegeOf(uid: number = process.getuid?.() ?? 0): Privilege {
  return uid === 0 ? 'root' : 'user-namespace';
}

const MAPPING: readonly string[] = ['--map-root-user', '--map-auto'];
const USER_LAYERS = ',userxattr';

/**
 * Runs `argv` as root over private mount and process namespaces: what it mounts nobody else sees, and it and all its
 * children end when the first process does. An ordinary user becomes root of a user namespace that maps
 * their subordinate ids (/etc/subuid, util-linux 2.38 or newer).
 */
export function inNamespaces(privilege: Privilege, argv: readonly string[]): [string, ...string[]] {
  const mapping = privilege === 'root' ? [] : MAPPING;
  return ['unshare', ...mapping, '--mount', '--pid', '--fork', '--kill-child', '--', ...argv];
}

/** The command as root gives it, where an ordinary user gives it by `inNamespaces` and `withLayers`: it makes the same of the same. */
export function asRootGivesIt([program, ...words]: readonly [string, ...string[]]): [string, ...string[]] {
  const isOfLayers = (word: string) => word.startsWith('lowerdir=') && word.endsWith(USER_LAYERS);
  const asRoot = words
    .filter((word) => !MAPPING.includes(word))
    .map((word) => (isOfLayers(word) ? word.slice(0, -USER_LAYERS.length) : word));
  return [program, ...asRoot];
}

/** Removes directories as their owner in a user namespace: root trees in them have files of other users of it. */
export function removalOf(directories: readonly string[]): [string, ...string[]] {
  return inNamespaces(privilegeOf(), ['rm', '-rf', '--one-file-system', '--', ...directories]);
}

/** Directories put over one another. `upper` catches changes; without it the result is read-only. */
export interface Layers {
  readonly target: string;
  /** Topmost first. */
  readonly lower: readonly string[];
  readonly upper?: { readonly directory: string; readonly work: string };
}

/**
 * Mounts an overlay, then runs `argv`; to be run within `inNamespaces`, where the mount ends with the program.
 * `userxattr` because the kernel keeps `trusted.*` attributes from user namespaces.
 */
export function withLayers(privilege: Privilege, layers: Layers, argv: readonly string[]): string[] {
  const options = [
    `lowerdir=${layers.lower.join(':')}`,
    ...(layers.upper ? [`upperdir=${layers.upper.directory},workdir=${layers.upper.work}`] : []),
  ].join(',');
  const ofPrivilege = privilege === 'root' ? options : `${options}${USER_LAYERS}`;
  const directories = [layers.target, ...(layers.upper ? [layers.upper.directory, layers.upper.work] : [])];
  const script =
    'options=$1 target=$2; shift 2; while [ "$1" != -- ]; do mkdir -p "$1"; shift; done; shift; mount -t overlay overlay -o "$options" "$target" && exec "$@"';
  return ['sh', '-euc', script, 'sh', ofPrivilege, layers.target, ...directories, '--', ...argv];
}
