import { type Check, failed, passed } from './check.ts';

export const kernelArguments: Check = {
  id: 'kernel-arguments',
  title: 'the kernel got the arguments asked for',
  proves: "Every kernel argument that the kickstart asks for is on the running kernel's command line, exactly once.",
  core: true,
  inputs: ['kernelArguments'],
  async run({ guest, expect }) {
    const commandLine = (await guest.read('/proc/cmdline')).toString().trim();
    const given = splitArguments(commandLine);
    const wrong = expect.kernelArguments.flatMap((wanted) => {
      const count = given.filter((argument) => argument === wanted).length;
      return count === 1 ? [] : [`${wanted} is there ${count} times`];
    });
    return wrong.length === 0
      ? passed(`all ${expect.kernelArguments.length} are there`, [commandLine])
      : failed(wrong.join('; '), [commandLine]);
  },
};

/** Arguments of a kernel command line; double quotes may hold spaces, as the kernel reads them. */
export function splitArguments(commandLine: string): string[] {
  return commandLine.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
}
