import { type Check, failed, passed } from './check.ts';

export const kernelArguments: Check = {
  id: 'kernel-arguments',
  title: 'the kernel got the arguments asked for',
  proves: "Every kernel argument that the kickstart asks for is on the running kernel's command line, exactly once.",
  core: true,
  async run({ guest, expect }) {
    const given = await guest.kargs();
    const wrong = notThereOnce(expect.kernelArguments, given);
    return wrong.length === 0
      ? passed(`all ${expect.kernelArguments.length} are there`, [given.join(' ')])
      : failed(wrong.join('; '), [given.join(' ')]);
  },
};

/** What is said of each argument that is not there exactly once. */
export function notThereOnce(wanted: readonly string[], given: readonly string[]): string[] {
  return wanted.flatMap((argument) => {
    const count = given.filter((one) => one === argument).length;
    return count === 1 ? [] : [`${argument} is there ${count} times`];
  });
}
