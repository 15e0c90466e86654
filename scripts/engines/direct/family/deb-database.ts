import { outputOf } from '../../../plan/index.ts';
import type { PackageDatabase } from './package-family.ts';
import { packageFields } from './package-fields.ts';

/** A line `PACKAGE <tab> LICENCE` for each licence of files, and `PACKAGE <tab>` where there is no machine to read it for. */
const licencesOfFiles = [
  'FNR == 1 { split(FILENAME, part, "/"); package = part[1]; readable = 0; paragraph = 1 }',
  'FNR < 6 && tolower($0) ~ /^format(-specification)?:/ { readable = 1 }',
  'FNR == 6 && !readable { print package "\\t" }',
  // The first paragraph is about the whole, later ones with `Files:` about these; others only hold texts of licences.
  '/^[ \\t\\r]*$/ { paragraph++; about = 0 }',
  'tolower($0) ~ /^files:/ { about = 1 }',
  'readable && (about || paragraph == 1) && tolower($0) ~ /^licen[cs]e:/ { sub(/^[^:]*:[ \\t]*/, ""); sub(/\\r$/, ""); if ($0 != "") print package "\\t" $0 }',
].join('\n');

/** dpkg's database. */
export const debDatabase: PackageDatabase = {
  steps: () => [],
  notes: (directory) => [
    `dpkg-query -W -f='${packageFields.map((field) => `\${${field}}`).join('\\t')}\\n' > ${directory}/packages`,
  ],
  unitOwner: (
    scope,
  ) => `list=$(grep -lxF -e "/usr/lib/systemd/${scope}/$file" -e "/lib/systemd/${scope}/$file" /var/lib/dpkg/info/*.list | head -n 1)
  owner=$(basename "\${list%.list}" | cut -d: -f1)`,
  forget: ['rm -f /var/cache/debconf/*-old /var/lib/dpkg/*-old'],
  files: [
    `(cd var/lib/dpkg/info; awk 'FNR == 1 { name = FILENAME; sub(/[.]list$/, "", name); sub(/:.*/, "", name) } { print name "\\t" $0 }' ./*.list | sed 's|^[.]/||' > "$1/owners")`,
    `(cd usr/share/doc; find -L . -mindepth 2 -maxdepth 2 -name copyright -printf '%P\\0' | sort -z | xargs -0 -r awk '${licencesOfFiles}' | sort -u > "$1/licences")`,
  ].join('\n'),
  tools: `${outputOf('tools')}/root`,
  hasLabels: false,
};
