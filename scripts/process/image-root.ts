/** What a program sees that runs with an image's root tree as its `/`. */
export interface ImageRootAccess {
  /** `[directory outside, path inside]` */
  readonly write?: readonly (readonly [string, string])[];
  readonly readOnlyRoot?: boolean;
}

/**
 * The command that runs `argv` inside the root tree of an image: its own /proc, /dev, /tmp and /run, no network,
 * no device of the host. To be run within `inNamespaces`.
 */
export function inImageRoot(root: string, argv: readonly string[], access: ImageRootAccess = {}): string[] {
  return [
    'bwrap',
    '--die-with-parent',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    '--unshare-net',
    access.readOnlyRoot === true ? '--ro-bind' : '--bind',
    root,
    '/',
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--ro-bind',
    '/sys',
    '/sys',
    '--tmpfs',
    '/tmp',
    '--tmpfs',
    '/run',
    ...(access.readOnlyRoot === true ? ['--tmpfs', '/var/tmp'] : []),
    ...(access.write ?? []).flatMap(([outside, inside]) => ['--bind', outside, inside]),
    '--clearenv',
    '--setenv',
    'PATH',
    '/usr/sbin:/usr/bin',
    '--setenv',
    'HOME',
    '/tmp',
    '--setenv',
    'LC_ALL',
    'C',
    '--chdir',
    '/',
    '--',
    ...argv,
  ];
}
