/**
 * The arguments of a kernel command line, each as it stands there. They are apart by white space, and double quotes
 * protect it, wherever in an argument they are; there is no other quote and no escape, and a quote that is not closed
 * reaches to the end (Documentation/admin-guide/kernel-parameters.rst; `next_arg` in lib/cmdline.c).
 */
export function splitKernelCommandLine(commandLine: string): string[] {
  return commandLine.match(/(?:[^\s"]|"[^"]*(?:"|$))+/g) ?? [];
}
