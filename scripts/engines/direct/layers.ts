import { outputOf } from '../../plan/index.ts';
import {
  type ImageRootAccess,
  inImageRoot,
  inNamespaces,
  inToolsTree,
  type Privilege,
  withLayers,
} from '../../process/index.ts';

const packageTree = `${outputOf('root-tree')}/root`;
const changes = `${outputOf('configure')}/upper`;

/** Where the image's root tree is put together while a step of `stage` runs. */
export function mergedRoot(stage: string): string {
  return `${outputOf(stage)}/merged`;
}

/** Runs `argv` inside the tree being configured; what it changes goes to the configure stage's `upper`. */
export function inWritableRoot(
  privilege: Privilege,
  argv: readonly string[],
  access: ImageRootAccess = {},
): [string, ...string[]] {
  return inNamespaces(
    privilege,
    withLayers(privilege, writableLayers(), inImageRoot(mergedRoot('configure'), argv, access)),
  );
}

/**
 * Runs `argv` inside the tools tree with the tree being configured beside it, writable (`%post --nochroot`). Anaconda gives such
 * scripts the target at two places; they see the same tree at both.
 */
export function besideWritableRoot(privilege: Privilege, argv: readonly string[]): [string, ...string[]] {
  const target = mergedRoot('configure');
  const tools = inToolsTree(`${outputOf('tools')}/root`, argv, {
    writeAt: ['/mnt/sysimage', '/mnt/sysroot'].map((place) => [target, place] as const),
    confined: true,
  });
  return inNamespaces(privilege, withLayers(privilege, writableLayers(), tools));
}

/**
 * Runs `argv`, which lets programs of a tree write to `directory`, and fails where they left anything but files there: what
 * reads a link later on does so outside of the tree, as whoever builds.
 */
export function leavingFiles(directory: string, argv: readonly string[]): [string, ...string[]] {
  const script = [
    '"$@"',
    'strays=$(find "$0" -mindepth 1 ! -type f ! -type d)',
    '[ -z "$strays" ] || { echo "a program of the image left what is no file: $strays" >&2; exit 1; }',
  ].join('\n');
  return ['sh', '-euc', script, directory, ...argv];
}

/** Runs `argv` with the configured tree, read-only, put together at `mergedRoot(stage)`; `above`: more layers over it. */
export function withFinishedRoot(
  privilege: Privilege,
  stage: string,
  argv: readonly string[],
  more: { readonly above?: readonly string[] } = {},
): [string, ...string[]] {
  const layers = { target: mergedRoot(stage), lower: [...(more.above ?? []), changes, packageTree] };
  return inNamespaces(privilege, withLayers(privilege, layers, argv));
}

function writableLayers() {
  return {
    target: mergedRoot('configure'),
    lower: [packageTree],
    upper: { directory: changes, work: `${outputOf('configure')}/work` },
  };
}
