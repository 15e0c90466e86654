/**
 * The words of a command that runs `argv` where the kernel of the builder was started without arguments: what Anaconda finds
 * among them of `console`, `selinux`, `nosmt`, `pci`, `fips` and some more, it writes into the boot entries of the image
 * (`preserved_arguments` of its configuration; pyanaconda/modules/storage/bootloader/base.py). The mounts that this makes are
 * seen by the command alone, and end with it. `directory` is there, and may be written to.
 */
export function withoutKernelArguments(directory: string, argv: readonly string[]): [string, ...string[]] {
  return [
    ...(['unshare', '--mount', '--propagation=unchanged', '--'] as const),
    'sh',
    '-euc',
    'echo > "$0/cmdline"; mount --bind "$0/cmdline" /proc/cmdline; exec "$@"',
    directory,
    ...argv,
  ];
}
