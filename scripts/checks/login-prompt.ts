import { type Check, failed, passed } from './check.ts';

/** What a prompt may say of who comes in: each way, or why there is none. */
const waysIn = /^(?:Log in |`\w+` is logged in |Nobody can log in)/m;
/** Messages below `err` stay off the consoles. */
const mostLevel = 4;

export const loginPrompt: Check = {
  id: 'login-prompt',
  title: 'the prompt says whose it is and who can log in',
  proves:
    'What stands above the login prompt names Phyllome OS with its version and says who can log in, or that nobody can; and only errors of the kernel are written over it.',
  async run({ guest }) {
    const { stdout } = await guest.run('cat /etc/issue /run/issue.d/*.issue; echo; cat /proc/sys/kernel/printk', {
      allowFailure: true,
    });
    const evidence = stdout.split('\n').filter((line) => line.trim() !== '');
    const level = Number(/^(\d+)\t/.exec(evidence.at(-1) ?? '')?.[1] ?? Number.NaN);
    const missing = [
      ...(/^Phyllome OS \d+\.\d+\.\d+ on \S+$/m.test(stdout) ? [] : ['it does not name Phyllome OS and its version']),
      ...(waysIn.test(stdout) ? [] : ['it does not say who can log in']),
      ...(level <= mostLevel ? [] : [`the kernel writes messages of level ${level} over it`]),
    ];
    return missing.length === 0
      ? passed(evidence.find((line) => waysIn.test(line)) ?? '', evidence)
      : failed(missing.join('; '), evidence);
  },
};
