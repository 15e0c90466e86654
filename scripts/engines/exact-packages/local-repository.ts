/**
 * Shell text: makes a repository of the packages of the list `$lock` (lines `FILE BYTES SHA256:SUM`), which lie verified in the
 * directory `$1`, in the directory `$repository`: apt sees these and no other ones, wherever they came from, and whatever mirrors
 * have by now. `$suite` is what it calls itself. Nobody signs it: every file in it has been compared with the list.
 */
export const makeRepository = [
  // apt's methods may run as another user.
  'umask 022; mkdir -p "$repository"; chmod 755 "$repository"',
  'while read -r file size sum; do',
  'dpkg-deb --field "$1/$file"; printf "Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n" "$file" "$size" "${sum#SHA256:}"',
  'done < "$lock" > "$repository/Packages"',
  'sum=$(sha256sum < "$repository/Packages")',
  'printf "Suite: %s\\nCodename: %s\\nDate: Thu, 01 Jan 1970 00:00:00 UTC\\nSHA256:\\n %s %s Packages\\n" "$suite" "$suite" "${sum%% *}" "$(wc -c < "$repository/Packages")" > "$repository/Release"',
].join('\n');

/** The line of a sources.list for it. `copy`: apt makes no links to it, which would lead nowhere later. */
export function repositorySource(repository: string): string {
  return `deb [trusted=yes] copy:${repository} ./`;
}
