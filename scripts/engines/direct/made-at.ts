import { outputOf, type Step } from '../../plan/index.ts';

/**
 * Seconds since 1970 of the newest licence file that the packages bring, which all of them do: what takes its times from it is the
 * same whenever the same packages are built of.
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

const newestOf = `find "$0" -name copyright -type f -printf '%T@\\n' | sort -n | tail -n 1 | cut -d . -f 1 > "$1"; test -s "$1"`;

/** A program whose times are not the clock's but those of the packages: by what reproducible builds have agreed on. */
export function datedByPackages(argv: readonly string[]): string[] {
  return [
    'sh',
    '-euc',
    'TZ=UTC SOURCE_DATE_EPOCH=$(cat "$0"); export TZ SOURCE_DATE_EPOCH; exec "$@"',
    madeAtFile,
    ...argv,
  ];
}
