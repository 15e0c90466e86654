import { type CachedStage, cacheDirectory, outputOf, writeInputTo } from '../../../plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../../process/index.ts';
import { rpmToolsTree } from '../../tools/index.ts';
import { madeAtFile } from '../made-at.ts';
import { downloadStep } from '../packages-stages.ts';
import type { RpmBase } from './base.ts';
import { localConfiguration } from './dnf-configuration.ts';
import { directoriesOf, plainWords } from './resolve-stages.ts';
import type { RpmAddress, RpmInstallation } from './rpm-request.ts';

const resolved = outputOf('resolve');
const stage = outputOf('root-tree');
/** Inside the tree of tools. */
const place = '/srv/tree';

/** List of exact packages → root tree, by dnf, which verifies the signature of each. */
export function rpmRootTreeStage(
  base: RpmBase,
  addresses: readonly RpmAddress[],
  installation: RpmInstallation,
  rootBytes: number,
  privilege: Privilege,
): CachedStage {
  const archives = `${cacheDirectory}/packages`;
  const ids = addresses.map(({ id }) => id);
  return {
    id: 'root-tree',
    title: 'Root tree',
    key: {
      values: [],
      stages: ['rpm-tools'],
      files: [
        `${resolved}/lock`,
        `${resolved}/origins`,
        `${resolved}/made-at`,
        ...ids.map((id) => `${resolved}/keys/${id}`),
      ],
    },
    reuse: { kind: 'always' },
    // The tree, and the packages beside it.
    estimatedBytes: rootBytes * 1.8,
    steps: [
      downloadStep('Downloading packages', resolved, privilege, directoriesOf(addresses)),
      {
        id: 'repositories',
        title: 'Naming what dnf may see',
        argv: writeInputTo(`${stage}/dnf.conf`),
        stdin: localConfiguration(ids),
        needs: [],
      },
      {
        id: 'macros',
        title: 'Writing what rpm is to do',
        argv: writeInputTo(`${stage}/macros`),
        stdin: macros(installation),
        needs: [],
      },
      {
        id: 'install',
        title: 'Installing packages',
        argv: inNamespaces(privilege, [
          'sh',
          '-euc',
          'for directory in proc dev sys run; do mkdir -p "$0/$directory"; done; exec "$@"',
          `${stage}/root`,
          ...inToolsTree(
            rpmToolsTree,
            [
              'sh',
              '-euc',
              install,
              base.release,
              ...(installation.excludeDocumentation ? ['--setopt=tsflags=nodocs'] : []),
            ],
            {
              writeAt: [[stage, place]],
              // What packages run as root at installation reaches nothing of the cache but the new tree.
              readAt: [
                [archives, '/srv/packages'],
                [resolved, '/srv/resolved'],
              ],
              system: `${place}/root`,
              confined: true,
            },
          ),
        ]),
        // kernel-install would build an initramfs for this machine; the image's own is built after configuration.
        env: { ...plainWords, KERNEL_INSTALL_BYPASS: '1' },
        needs: ['namespaces'],
      },
      {
        id: 'finish',
        title: 'Removing what installing left',
        argv: inNamespaces(
          privilege,
          inToolsTree(rpmToolsTree, ['sh', '-euc', finish], { writeAt: [[stage, place]], confined: true }),
        ),
        env: plainWords,
        needs: ['namespaces'],
      },
      { id: 'made-at', title: 'Dating the packages', argv: ['cp', `${resolved}/made-at`, madeAtFile], needs: [] },
    ],
  };
}

/**
 * rpm's macros: where Fedora has its database, what belongs to the kernel and not to packages, a program of systemd's in the place
 * of Debian's noisy script, and no attempt to mount inside of a sandbox.
 */
function macros({ languages }: RpmInstallation): string {
  // No language is called so: all have their place, and none is wanted.
  const wanted = languages && (languages.length > 0 ? languages.join(':') : 'none');
  return [
    '%_dbpath /usr/lib/sysimage/rpm',
    '%_netsharedpath /sys:/proc:/dev',
    '%__systemd_sysusers /usr/bin/systemd-sysusers',
    '%__transaction_unshare %{nil}',
    ...(wanted === undefined ? [] : [`%_install_langs ${wanted}`]),
    '',
  ].join('\n');
}

/**
 * $0: the release; then further words for dnf. A scriptlet that fails is no failure for dnf, nor is a group that is not there when a
 * file shall belong to it: both are here. What is said of scriptlets in the order of rpm, such as the unsuccessful %pre of a
 * package that is left out, ends dnf by itself.
 */
const install = `root=${place}/root repository=${place}/repository
cp ${place}/macros "$HOME/.rpmmacros"; mkdir -p ${place}/dnf/log /tmp/dnf/log /var/empty
while read -r file id exact; do
  to=$file; while :; do case $to in *%*) to=\${to%%%*}-\${to#*%} ;; *) break ;; esac; done
  mkdir -p "$repository/$id"; cp --reflink=auto "/srv/packages/$file" "$repository/$id/$to"
  echo "$file $id/$to" >> /tmp/places; echo "$exact" >> /tmp/wanted
done < /srv/resolved/origins
awk 'NR == FNR { place[$1] = $2; next } { sub("SHA256:", "", $3); print $3 "  " place[$1] }' /tmp/places /srv/resolved/lock > /tmp/sums
test "$(wc -l < /tmp/sums)" = "$(wc -l < /tmp/wanted)"
(cd "$repository"; sha256sum --check --strict --quiet /tmp/sums)
for key in /srv/resolved/keys/*; do
  mkdir -p "$repository/\${key##*/}"; createrepo_c --quiet --no-database "$repository/\${key##*/}"
done
SOURCE_DATE_EPOCH=$(cat /srv/resolved/made-at); export SOURCE_DATE_EPOCH
{ xargs -d '\\n' -x dnf --assumeyes --config=${place}/dnf.conf --installroot="$root" --releasever="$0" \\
    --setopt=reposdir=/var/empty --setopt=cachedir=${place}/dnf/cache --setopt=persistdir=${place}/dnf/state --setopt=logdir=${place}/dnf/log \\
    --setopt=install_weak_deps=False --setopt=metadata_expire=0 "$@" install < /tmp/wanted && echo 0 > /tmp/status || echo 1 > /tmp/status; } 2>&1 | tee ${place}/output
! grep -E 'Error in [^ ]+ scriptlet|[Ss]criptlet failed|unknown error|(user|group) [^ ]+ does not exist - using root' ${place}/output > /tmp/wrong || {
  sed 's/^/scriptlet: /' /tmp/wrong; exit 1
}
test "$(cat /tmp/status)" = 0
rpm --root="$root" --query --all --queryformat '%{NAME}-%|EPOCH?{%{EPOCH}}:{0}|:%{VERSION}-%{RELEASE}.%{ARCH}\\n' | grep -v '^gpg-pubkey-' | LC_ALL=C sort > /tmp/installed
LC_ALL=C sort /tmp/wanted | diff - /tmp/installed > /tmp/different || { sed 's/^/not as resolved: /' /tmp/different; exit 1; }`;

/**
 * dnf writes some of its files below the tree that it installs into, and rpm leaves what only a running database needs. depmod is
 * what kernel-install would have done.
 */
const finish = `root=${place}/root
rm -rf "$root${place}" ${place}/repository ${place}/dnf ${place}/dnf.conf ${place}/macros ${place}/output
rm -rf "$root"/var/cache/dnf "$root"/var/cache/libdnf5 "$root"/var/log/dnf* "$root"/var/log/hawkey.log
[ ! -d "$root/etc/dnf/modules.d" ] || rmdir --ignore-fail-on-non-empty "$root/etc/dnf/modules.d"
python3 - "$root/usr/lib/sysimage/rpm/rpmdb.sqlite" <<'END'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("PRAGMA journal_mode = DELETE")
database.execute("VACUUM")
database.close()
END
rm -f "$root"/usr/lib/sysimage/rpm/rpmdb.sqlite-* "$root"/usr/lib/sysimage/rpm/.rpm.lock
for modules in "$root"/usr/lib/modules/*/; do
  [ ! -d "$modules/kernel" ] || [ -e "$modules/modules.dep" ] || depmod -b "$root" "$(basename "$modules")"
done`;
