import { outputOf, type Step } from '../../plan/index.ts';
import { inToolsTree } from '../../process/index.ts';

/**
 * Seconds since 1970 of the newest file of documentation that the packages bring, of which each has one: that is as old as its
 * package's release. What takes its times from it is the same whenever the same packages are built of.
 */
export const madeAtFile = `${outputOf('root-tree')}/made-at`;

/** Writes that file of the root tree in `root`. */
export function madeAtStep(root: string): Step {
  return {
    id: 'made-at',
    title: 'Dating the packages',
    argv: ['sh', '-euc', newestOf, `${root}/usr/share/doc`, madeAtFile],
    needs: [],
  };
}

/** $0: the packages' documentation; $1: the file to write. */
export const newestOf = `find "$0" -mindepth 2 -maxdepth 2 -type f -printf '%T@\\n' | sort -n | tail -n 1 | cut -d . -f 1 > "$1"; test -s "$1"`;

/** A program of the tools tree whose times are not the clock's but those of the packages: by what reproducible builds have agreed on. */
export function inToolsTreeDated(argv: readonly string[], write: readonly string[]): [string, ...string[]] {
  const script = 'TZ=UTC SOURCE_DATE_EPOCH=$(cat "$0"); export TZ SOURCE_DATE_EPOCH; exec "$@"';
  const tools = `${outputOf('tools')}/root`;
  return inToolsTree(tools, ['sh', '-euc', script, madeAtFile, ...argv], { write, read: [madeAtFile] });
}

/** A command that gets that time as its last argument. */
export function withMadeAt(argv: readonly string[]): [string, ...string[]] {
  return ['sh', '-euc', 'time=$(cat "$0"); exec "$@" "$time"', madeAtFile, ...argv];
}
