/**
 * Shell text: keeps the packages of the list of exact packages `$lock` (lines `FILE BYTES SHA256:SUM`) in the download cache
 * `$archives` that are what the list says, and removes the others, so that they are fetched again. `$work` is a directory for
 * notes.
 */
export const dropAlteredPackages = [
  'sed -nE "s/^([^ /]+) [0-9]+ SHA256:([0-9a-f]{64})$/\\2  \\1/p" "$lock" > "$work/sums"',
  'test "$(wc -l < "$work/sums")" = "$(wc -l < "$lock")" || { echo "$lock has a package without a SHA-256" >&2; exit 1; }',
  'while read -r sum file; do [ ! -e "$archives/$file" ] || echo "$sum  $archives/$file"; done < "$work/sums" > "$work/there"',
  // It ends with 1 where one differs, and says which.
  '{ sha256sum --check "$work/there" 2> /dev/null || true; } | sed -n "s/: FAILED.*//p" > "$work/altered"',
  'while read -r file; do echo "$file is not what the list says: it is fetched again"; rm -f "$file"; done < "$work/altered"',
].join('\n');

/**
 * Shell text: copies the packages of the list `$lock` from `$archives` into the directory `$1`, and fails where a copy is not
 * what the list says. Copies, as what is installed from them runs as root beside them; blocks are shared where possible.
 */
export const copyPackages = [
  'cut -d" " -f1 "$lock" | while read -r file; do cp --reflink=auto "$archives/$file" "$1/"; done',
  'sed -E "s/^([^ /]+) [0-9]+ SHA256:([0-9a-f]{64})$/\\2  \\1/" "$lock" | (cd "$1" && sha256sum --check --strict --quiet)',
].join('\n');

/** Shell text: the names of the packages of a list of exact packages, in `$packages`. */
export function packagesOf(lock: string): string {
  return `packages=$(cut -d_ -f1 "${lock}" | sort -u | paste -sd " ")`;
}
