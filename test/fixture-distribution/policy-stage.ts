import { type CachedStage, cacheDirectory, outputOf } from '../../scripts/plan/index.ts';
import { inNamespaces, inToolsTree, type Privilege } from '../../scripts/process/index.ts';

/** Below it, the policy as it lies in a system: `etc/selinux/targeted` and `var/lib/selinux/targeted`. */
export const policyTree = `${outputOf('fixture-policy')}/tree`;

/**
 * Debian's package builds the policy when it is configured; Fedora's has it built. Programs are all in /usr/bin here: what the
 * policy says of /usr/sbin is said of that, and of two lines for one path the first stays.
 */
const compile = `cd "$0"
dpkg-deb --fsys-tarfile "$2/$(grep -m1 -o '^selinux-policy-default_[^ ]*' "$1")" | tar --extract
modules=usr/share/selinux/default
set --
for module in $(cat "$modules/.modules"); do set -- "$@" --install="$modules/$module.pp.bz2"; done
mv etc/selinux/default etc/selinux/targeted
mkdir -p var/lib/selinux/targeted
printf 'SELINUX=enforcing\\nSELINUXTYPE=targeted\\n' > etc/selinux/config
semodule --path "$0" --store targeted --noreload --priority 100 "$@"
for contexts in etc/selinux/targeted/contexts/files/file_contexts var/lib/selinux/targeted/active/file_contexts; do
  sed 's|^/usr/sbin/|/usr/bin/|' "$contexts" | awk '!seen[NF == 3 ? $1 FS $2 : $1]++' > "$contexts.new"
  mv "$contexts.new" "$contexts"
done
sefcontext_compile etc/selinux/targeted/contexts/files/file_contexts
setfiles -c etc/selinux/targeted/policy/policy.* etc/selinux/targeted/contexts/files/file_contexts
rm -rf usr etc/selinux/config var/lib/selinux/default var/lib/selinux/final
find . -exec chmod go-w,a+rX {} +`;

/**
 * The SELinux policy of Debian's `selinux-policy-default`, built: half a minute of CPU, once for each version of it.
 * @param version of that package
 * @param list where the list of exact packages is, as text in a plan
 */
export function policyStage(builder: string, list: string, version: string, privilege: Privilege): CachedStage {
  const archives = `${cacheDirectory}/packages`;
  const access = { write: [outputOf('fixture-policy')], read: [archives, list] };
  const argv = ['sh', '-euc', `mkdir -p "$0"; ${compile}`, policyTree, `${list}/lock`, archives];
  return {
    id: 'fixture-policy',
    title: 'SELinux policy of the fixture',
    key: { values: [version], stages: ['fixture-tools'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 50e6,
    steps: [
      {
        id: 'compile',
        title: 'Building the policy',
        argv: inNamespaces(privilege, inToolsTree(builder, argv, access)),
        needs: ['namespaces'],
      },
    ],
  };
}
