import type { Example } from './example.ts';

const prompt = (login: string, level = 4) =>
  [['/etc/issue', `Phyllome OS 0.2.0 on debian-13\n\\n  \\4  (\\l)\n\n${login}\n\n${level}\t4\t1\t7\n`]] as const;

export const loginPromptExamples: readonly Example[] = [
  {
    of: 'login-prompt',
    when: 'somebody has a key',
    says: prompt('Log in from another computer, with the key of ada:  ssh ada@\\4'),
    passes: 'Log in from another computer, with the key of ada:  ssh ada@\\4',
  },
  {
    of: 'login-prompt',
    when: 'nobody can log in, and it says so',
    says: prompt('Nobody can log in: no account of this image has a password or an SSH key.'),
    passes: 'Nobody can log in: no account of this image has a password or an SSH key.',
  },
  {
    of: 'login-prompt',
    when: 'it is the distribution’s own, with kernel messages over it',
    says: [['/etc/issue', 'Debian GNU/Linux 13 \\n \\l\n\n7\t4\t1\t7\n']],
    fails:
      'it does not name Phyllome OS and its version; it does not say who can log in; the kernel writes messages of level 7 over it',
  },
];
