/**
 * What building a tree takes of root's powers: files of any owner, and programs as other users. Not: devices, mounts, kernel
 * settings, handles of files elsewhere. Root of a user namespace has no more than these, so that a build does the same whoever
 * starts it; real root keeps the rest of the machine.
 */
const treeCapabilities = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETFCAP',
  'CAP_SETGID',
  'CAP_SETPCAP',
  'CAP_SETUID',
  'CAP_SYS_CHROOT',
];

/** What below /proc is the machine's, and belongs to root: who is user 0 of the machine may write to it without any power. */
export const machineSettings = ['acpi', 'bus', 'fs', 'irq', 'scsi', 'sys', 'sysrq-trigger'];

/** bubblewrap's arguments, behind that for /proc, that leave a program nothing but `treeCapabilities`. */
export const confinement: readonly string[] = [
  '--cap-drop',
  'ALL',
  ...treeCapabilities.flatMap((capability) => ['--cap-add', capability]),
  ...machineSettings.flatMap((name) => ['--ro-bind-try', `/proc/${name}`, `/proc/${name}`]),
];

/** What a program sees that runs with an image's root tree as its `/`. */
export interface ImageRootAccess {
  /** `[directory outside, path inside]` */
  readonly write?: readonly (readonly [string, string])[];
  readonly readOnlyRoot?: boolean;
}

/**
 * The command that runs `argv` inside the root tree of an image: its own /proc, /dev, /tmp and /run, no network,
 * no device of the host, and of root's powers those alone that it needs there. To be run within `inNamespaces`.
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
    ...confinement,
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
