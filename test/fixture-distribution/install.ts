import { inNamespaces, inToolsTree, type Privilege } from '../../scripts/process/index.ts';

/** What dnf is to install, and from where. */
export interface Installation {
  /** The tree to make: a directory that is there and empty. */
  readonly root: string;
  /** The repository, and what makes it: see `FixtureRepository`. */
  readonly repository: string;
  readonly tools: string;
  readonly names: readonly string[];
}

/**
 * Installs with Debian's dnf. Packages and metadata must be signed by the repository's own key.
 * Its state, cache and logs are in the namespace's /tmp, and in the tree where rpm wants its database.
 */
const script = `root=$0 repository=$1; shift
mkdir -p "$root/proc" "$root/dev" "$root/sys" "$root/run" /tmp/repos /tmp/logs
mount --rbind /proc "$root/proc"; mount --rbind /dev "$root/dev"; mount -t tmpfs tmpfs "$root/run"
cat > /tmp/.rpmmacros <<END
%_dbpath /usr/lib/sysimage/rpm
%_netsharedpath /sys:/proc:/dev
%__systemd_sysusers /usr/bin/systemd-sysusers
%__transaction_unshare %{nil}
END
cat > /tmp/repos/fixture.repo <<END
[fixture]
name=Phyllome test fixture (Debian 13 packages by Fedora names)
baseurl=file://$repository
gpgkey=file://$repository/RPM-GPG-KEY-fixture
gpgcheck=1
repo_gpgcheck=1
END
exec dnf -y --installroot="$root" --releasever=44 --setopt=reposdir=/tmp/repos --setopt=varsdir=/tmp/vars --setopt=cachedir=/tmp/cache \\
  --setopt=persistdir=/tmp/persist --setopt=logdir=/tmp/logs --setopt=install_weak_deps=False --setopt=tsflags=nodocs \\
  --setopt=metadata_expire=0 --setopt=skip_if_unavailable=False install "$@"`;

/** The command that installs. `kernel-install` of the kernel's package is told to do nothing, as whoever makes an image does. */
export function installCommand(one: Installation, privilege: Privilege): [string, ...string[]] {
  const inside = ['env', 'KERNEL_INSTALL_BYPASS=1', 'sh', '-euc', script, one.root, one.repository, ...one.names];
  return inNamespaces(
    privilege,
    inToolsTree(one.tools, inside, { write: [one.root], read: [one.repository], mayMount: true }),
  );
}
