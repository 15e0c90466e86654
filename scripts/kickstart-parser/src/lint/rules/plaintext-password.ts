import type { GivenOption } from '../../model/entry.ts';
import type { LintRule } from '../rule.ts';

export const plaintextPassword: LintRule = {
  id: 'plaintext-password',
  severity: 'warning',
  summary: 'A password stands in the kickstart in plain text.',
  reason: 'The kickstart is kept on the installed system and in build logs. Use --iscrypted with a hash.',
  isFixable: false,
  example: 'rootpw secret\n',
  *check({ model }) {
    const { rootpw, user, sshpw, bootloader } = model.commands;
    const accounts = [
      ...(rootpw === undefined ? [] : [rootpw]),
      ...user,
      ...sshpw.filter(({ sshkey }) => !sshkey),
      ...(bootloader === undefined ? [] : [bootloader]),
    ];
    for (const { password, isCrypted, given, span } of accounts) {
      if (!password || isCrypted || /^grub\.pbkdf2\./.test(password)) continue;
      const option = given.find(({ field }: GivenOption) => field === 'password');
      const hint = 'Make a hash with "openssl passwd -6" or mkpasswd, and add --iscrypted.';
      yield { message: 'This password is readable', span: option?.span ?? span, hint };
    }
  },
};
