import { outputOf } from '../../../plan/index.ts';
import { inToolsTree } from '../../../process/index.ts';
import { rpmToolsTree } from '../../tools/index.ts';
import type { PackageDatabase } from '../family/package-family.ts';
import { mergedRoot, withFinishedRoot } from '../layers.ts';

/**
 * Shell text: asks the tree at `$0` by `ask`. A copy is asked: the tree is read-only, and rpm makes a second database
 * where it is told of none. A key is no package.
 */
const asking = `mkdir /tmp/database; cp -r "$0"/usr/lib/sysimage/rpm/. /tmp/database
ask() { rpm --dbpath /tmp/database --query --all --queryformat "$1" | grep -v '^gpg-pubkey' | LC_ALL=C sort; }`;

/**
 * In the places of dpkg's words, see `inventory.ts`. Lists are parted by commas; a name such as `libc.so.6(GLIBC_2.38)(64bit)` is one
 * word when its parentheses are others. What is rpm's own business, and what every package provides of itself, is left out.
 */
const packageLines = `one='%{NAME}\\t%{EVR}\\t%{ARCH}\\t%{SOURCERPM}\\t\\t%{LONGSIZE}\\t%{VENDOR}\\t%{URL}\\t\\t'
ask "$one[%{REQUIRENAME},]\\t[%{RECOMMENDNAME},]\\t[%{PROVIDENAME},]\\t\\t\\t\\n" | awk -F '\\t' -v OFS='\\t' '
  function plain(list,   part, count, i, text) {
    count = split(list, part, ","); text = ""
    for (i = 1; i <= count; i++) {
      if (part[i] == "" || part[i] ~ /^(rpmlib|config|user|group|groupmember|rtld)[(]/ || part[i] ~ /^[(]/) continue
      gsub(/[(]/, "{", part[i]); gsub(/[)]/, "}", part[i]); gsub(/:/, ".", part[i])
      text = text (text == "" ? "" : ", ") part[i]
    }
    return text
  }
  {
    name = $4; sub(/[.](no)?src[.]rpm$/, "", name); version = name
    if (match(name, /-[^-]*-[^-]*$/)) { version = substr(name, RSTART + 1); name = substr(name, 1, RSTART - 1) }
    epoch = $2; if (sub(/:.*/, "", epoch)) version = epoch ":" version
    $4 = name; $5 = version; $6 = int(($6 + 1023) / 1024)
    for (i = 7; i <= 8; i++) if ($i == "(none)") $i = ""
    $10 = plain($10); $11 = plain($11); $12 = plain($12)
    print
  }'`;

const facts = `${outputOf('configure')}/facts`;

/** rpm's database, which the tree of tools reads: an image may have no rpm. */
export const rpmDatabase: PackageDatabase = {
  steps: (privilege) => [
    {
      id: 'database',
      title: 'Noting packages',
      argv: [
        'sh',
        '-euc',
        'mkdir -p "$0"; exec "$@"',
        facts,
        ...withFinishedRoot(
          privilege,
          'configure',
          inToolsTree(
            rpmToolsTree,
            [
              'sh',
              '-euc',
              [
                asking,
                `{ ${packageLines}\n} > "$1/packages"; test -s "$1/packages"`,
                `ask '[%{=NAME}\\t%{FILENAMES}\\n]' | awk -F '\\t' '$2 ~ "^/usr/lib/systemd/(system|user)/."' > "$1/unit-owners"`,
              ].join('\n'),
              mergedRoot('configure'),
              facts,
            ],
            { write: [facts], read: [mergedRoot('configure')] },
          ),
        ),
      ],
      needs: ['namespaces'],
    },
  ],
  notes: () => [],
  unitOwner: (scope, directory) =>
    `owner=$(awk -F '\\t' -v path="/usr/lib/systemd/${scope}/$file" '$2 == path { print $1; exit }' ${directory}/unit-owners)`,
  forget: [
    'rm -rf /var/cache/dnf /var/cache/libdnf5 /var/lib/dnf /usr/lib/sysimage/rpm/.rpm.lock',
    'rm -f /etc/subuid- /etc/subgid-',
  ],
  files: [
    asking,
    `ask '[%{=NAME}\\t%{FILENAMES}\\n]' > "$1/owners"`,
    `ask '%{NAME}\\t%{LICENSE}\\n' > "$1/licences"`,
  ].join('\n'),
  tools: rpmToolsTree,
  hasLabels: true,
};
