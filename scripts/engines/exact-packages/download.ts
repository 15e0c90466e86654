import { dropAlteredPackages } from './cached-packages.ts';

/** apt's own downloader: several connections, tries again, goes through proxies, and compares each file with its sum. */
const helper = [
  '/usr/lib/apt/apt-helper',
  // The unprivileged _apt user cannot enter a private cache directory; the files are verified all the same.
  '-oAPT::Sandbox::User=root',
  '-oAcquire::Retries=2',
  '-oAcquire::http::Timeout=30',
].join(' ');

/** So much of a command line is safe everywhere: three words for each package. */
const PACKAGES_AT_ONCE = 100;

/**
 * Shell text for `sh -euc TEXT ARCHIVES LOCK ADDRESSES`: fetches those packages of the list LOCK into the download cache ARCHIVES
 * that are not there as the list says. ADDRESSES has lines `FILE ADDRESS…`: where a package is not to be had from the first, or is
 * another one there, the next is asked. What is in no place as the list says is named, `missing: FILE` each.
 * With PHYLLOME_OFFLINE in the environment nothing is fetched.
 */
export const downloadPackages = [
  'archives=$0 lock=$1 addresses=$2',
  'work=$(mktemp -d); trap \'rm -rf "$work"\' EXIT',
  // Nobody else's half of a file; what killed ones left goes after a day.
  'mkdir -p "$archives/partial"; find "$archives/partial" -mindepth 1 -mtime +1 -delete',
  'partial=$(mktemp -d "$archives/partial/XXXXXX"); trap \'rm -rf "$work" "$partial"\' EXIT',
  dropAlteredPackages,
  'lacks() { while read -r file rest; do [ -e "$archives/$file" ] || echo "$file $rest"; done < "$lock" > "$work/missing"; [ -s "$work/missing" ]; }',
  'give_up() { sed "s/ .*//; s/^/missing: /" "$work/missing" >&2; exit 1; }',
  ': > "$work/failures"; round=1',
  'while lacks; do',
  '[ -z "${PHYLLOME_OFFLINE:-}" ] || { echo "offline: nothing is fetched" >&2; give_up; }',
  `awk -v round="$round" -v to="$partial/" 'NR == FNR { sum[$1] = $3; next }
    ($1 in sum) && NF > round { print $(round + 1); print to $1; print sum[$1] }' "$work/missing" "$addresses" > "$work/wanted"`,
  `[ -s "$work/wanted" ] || { ${tellFailures()}; give_up; }`,
  `xargs -d '\\n' -n ${PACKAGES_AT_ONCE * 3} ${helper} download-file < "$work/wanted" 2> "$work/errors" || true`,
  // A file that is not what was asked for is called FILE.FAILED.
  'while read -r file rest; do [ ! -f "$partial/$file" ] || mv "$partial/$file" "$archives/$file"; done < "$work/missing"',
  'sed "s/^E: /not there: /" "$work/errors"; cat "$work/errors" >> "$work/failures"',
  'round=$((round + 1))',
  'done',
].join('\n');

/** What the servers said of what is missing; of what the next one had, nobody needs to know. Addresses come back quoted. */
function tellFailures(): string {
  return `awk 'NR == FNR { sub(/_.*/, "_"); missing[$0] = 1; next }
    { plain = $0; gsub(/%2[bB]/, "+", plain); for (name in missing) if (plain ~ /^E: / && index(plain, "/" name)) { print; next } }' \
    "$work/missing" "$work/failures" >&2`;
}
