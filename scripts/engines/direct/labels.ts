import { outputOf, type Step } from '../../plan/index.ts';
import { inToolsTree, type Privilege } from '../../process/index.ts';
import { rpmToolsTree } from '../tools/index.ts';
import { emptiedDirectories } from './emptied-directories.ts';
import { mergedRoot, withFinishedRoot } from './layers.ts';

/** What `labelsStep` leaves, in the words of mksquashfs's pseudo files. */
export function labelsFile(stage: string): string {
  return `${outputOf(stage)}/labels`;
}

/**
 * Lists the label of each file of the finished tree by the tree's own policy; nothing where it has none. Only a file system that
 * knows the policy can be labelled by whoever is not its root: so labels are not written into the tree, but told to what packs it.
 */
export function labelsStep(stage: string, privilege: Privilege): Step {
  const root = mergedRoot(stage);
  return {
    id: 'labels',
    title: 'Listing labels by the policy',
    argv: withFinishedRoot(
      privilege,
      stage,
      inToolsTree(rpmToolsTree, ['sh', '-euc', listLabels, root, labelsFile(stage)], {
        write: [outputOf(stage)],
        read: [root],
      }),
    ),
    env: { LC_ALL: 'C.UTF-8' },
    needs: ['namespaces'],
  };
}

const others = emptiedDirectories.map((name) => `index(path, "/${name}/") == 1`).join(' || ');

/**
 * $0: the tree; $1: the list. setfiles writes nothing, and names each file whose label is not what the policy says: which is each
 * one, as there are none yet. A new line in a name would end a line of the list: no such file is labelled, or lost.
 */
export const listLabels = `: > "$1"
type=$(sed -n 's/^SELINUXTYPE=[ "]*\\([A-Za-z0-9_-]*\\).*/\\1/p' "$0/etc/selinux/config" 2> /dev/null || true)
[ -n "$type" ] || exit 0
contexts=$0/etc/selinux/$type/contexts/files/file_contexts
[ -s "$contexts" ] || { echo "no policy: /etc/selinux/config names $type, and $contexts is not there" >&2; exit 1; }
setfiles -n -v -F -r "$0" "$contexts" "$0" > "$1.all"
awk -v root="$0" '
  sub(/^Would relabel /, "") && match($0, / to [^ ]+$/) {
    label = substr($0, RSTART + 4); path = substr($0, 1, RSTART - 1); sub(/ from (<no context>|[^ ]+)$/, "", path)
    if (index(path, root) == 1) path = substr(path, length(root) + 1)
    if (path == "") path = "/"
    if (label == "<<none>>" || ${others}) next
    gsub(/["\\\\]/, "\\\\\\\\&", path)
    print "\\"" path "\\" x security.selinux=" label
  }' "$1.all" > "$1"; rm "$1.all"
test -s "$1" || { echo "the policy labels nothing" >&2; exit 1; }`;
