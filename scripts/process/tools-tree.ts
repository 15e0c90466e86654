import { confinement, machineSettings } from './image-root.ts';

/** What a program inside the tools tree may touch besides the tree itself. All paths absolute, the same inside and outside. */
export interface Access {
  readonly write?: readonly string[];
  readonly read?: readonly string[];
  /** Writable like `write`, at another path inside: `[directory outside, path inside]`. */
  readonly writeAt?: readonly (readonly [string, string])[];
  /** Readable like `read`, at another path inside: `[path outside, path inside]`. */
  readonly readAt?: readonly (readonly [string, string])[];
  /** Path inside of a root tree whose own programs it starts: that gets /proc, /dev and /sys, and an empty /run. */
  readonly system?: string;
  /** Keep the host's network; none at all when absent. */
  readonly network?: boolean;
  /** Hand over /dev/kvm and the other virtualisation devices that exist. */
  readonly devices?: readonly string[];
  readonly cwd?: string;
  /** Let it mount, within its own mount namespace; only for root, or root of a user namespace. */
  readonly mayMount?: boolean;
  /** It runs what somebody else wrote: of root's powers those alone that a tree's own scripts have. */
  readonly confined?: boolean;
}

const kernelFiles = (root: string): readonly string[] => [
  '--proc',
  `${root}/proc`,
  ...machineSettings.flatMap((name) => ['--ro-bind-try', `/proc/${name}`, `${root}/proc/${name}`]),
  '--dev',
  `${root}/dev`,
  '--ro-bind',
  '/sys',
  `${root}/sys`,
  '--tmpfs',
  `${root}/run`,
];

/**
 * The command that runs `argv` inside the tools tree at `root`.
 * Needs bubblewrap; works as an ordinary user (bubblewrap makes a user namespace) and as root.
 * The root directory is a fresh tmpfs with the tree's parts bound read-only, so that any work path can be a mount point.
 */
export function inToolsTree(root: string, argv: readonly string[], access: Access = {}): [string, ...string[]] {
  return [
    'bwrap',
    '--die-with-parent',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    ...(access.network === true ? [] : ['--unshare-net']),
    '--ro-bind',
    `${root}/usr`,
    '/usr',
    '--ro-bind',
    `${root}/etc`,
    '/etc',
    ...['bin', 'sbin', 'lib', 'lib64'].flatMap((dir) => ['--symlink', `usr/${dir}`, `/${dir}`]),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    ...(access.devices ?? []).flatMap((device) => ['--dev-bind-try', device, device]),
    '--tmpfs',
    '/tmp',
    '--tmpfs',
    '/run',
    '--tmpfs',
    '/var',
    '--dir',
    '/var/tmp',
    '--dir',
    '/var/lib',
    '--ro-bind',
    `${root}/var/lib/dpkg`,
    '/var/lib/dpkg',
    ...(access.network === true ? ['--ro-bind-try', '/etc/resolv.conf', '/etc/resolv.conf'] : []),
    ...(access.read ?? []).flatMap((path) => ['--ro-bind', path, path]),
    ...(access.write ?? []).flatMap((path) => ['--bind', path, path]),
    ...(access.readAt ?? []).flatMap(([outside, inside]) => ['--ro-bind', outside, inside]),
    ...(access.writeAt ?? []).flatMap(([outside, inside]) => ['--bind', outside, inside]),
    ...(access.system === undefined ? [] : kernelFiles(access.system)),
    ...(access.confined === true ? confinement : []),
    ...(access.mayMount === true ? ['--cap-add', 'CAP_SYS_ADMIN'] : []),
    '--chdir',
    access.cwd ?? '/',
    '--setenv',
    'PATH',
    '/usr/sbin:/usr/bin',
    '--setenv',
    'HOME',
    '/tmp',
    '--setenv',
    'TMPDIR',
    '/tmp',
    '--',
    ...argv,
  ];
}
