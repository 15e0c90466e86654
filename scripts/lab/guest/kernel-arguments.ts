/** Arguments of a kernel command line; double quotes may hold spaces, as the kernel reads them. */
export function splitArguments(commandLine: string): string[] {
  return commandLine.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
}
