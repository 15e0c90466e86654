import type { GroupValue, RootpwValue, SshkeyValue, SshpwValue, UserValue } from '../model/command-values.ts';
import { type AnyBehaviour, behaviour } from './behaviour.ts';
import { doubleQuote, flag, lastWord, line, list, named, plain, quoted } from './canonical-line.ts';

/** Who may log in: accounts, passwords and keys. */
export const ACCESS_COMMANDS: Readonly<Record<string, AnyBehaviour>> = {
  rootpw: behaviour<RootpwValue>({
    read(input) {
      const password = input.words('password')[0];
      if (password !== undefined) input.values.password = password;
      else if (input.before === undefined) input.values.password = '';
    },
    check(value, input) {
      if (value.password === '' && !value.lock) input.reject('rootpw needs a password, or --lock to have none');
    },
    write(value) {
      if (value.password === '') return value.lock ? 'rootpw --lock' : '';
      return line(
        'rootpw',
        flag('--iscrypted', value.isCrypted),
        flag('--lock', value.lock),
        flag('--plaintext', !value.isCrypted),
        flag('--allow-ssh', value.allowSsh),
        lastWord(value.password),
      );
    },
  }),

  user: behaviour<UserValue>({
    key: (value) => value.name,
    write: (value) =>
      value.name === ''
        ? ''
        : line(
            'user',
            list('--groups', value.groups),
            plain('--homedir', value.homedir),
            plain('--name', value.name),
            plain('--password', value.password),
            flag('--iscrypted', value.isCrypted),
            plain('--shell', value.shell),
            plain('--uid', value.uid),
            flag('--lock', value.lock),
            quoted('--gecos', value.gecos),
            plain('--gid', value.gid),
          ),
  }),

  group: behaviour<GroupValue>({
    key: (value) => value.name,
    write: (value) => line('group', named('--name', value.name), plain('--gid', value.gid)),
  }),

  sshkey: behaviour<SshkeyValue>({
    read(input) {
      input.values.key = input.words('sshkey')[0] ?? '';
    },
    key: (value) => value.username,
    write: (value) => line('sshkey', named('--username', value.username), doubleQuote(value.key)),
  }),

  sshpw: behaviour<SshpwValue>({
    read(input) {
      const words = input.words('password');
      input.values.password = words.join(' ');
      if (words.length === 0) input.reject('sshpw needs a password or key');
    },
    key: (value) => value.username,
    write: (value) =>
      line(
        'sshpw',
        named('--username', value.username),
        flag('--lock', value.lock && !value.sshkey),
        flag('--sshkey', value.sshkey),
        value.sshkey ? '' : value.isCrypted ? '--iscrypted' : '--plaintext',
        // Words of a password are joined by blanks, so blanks need no quotes.
        /^$|(^| )-|["'#\\]|^ | $| {2}/.test(value.password) ? lastWord(value.password) : value.password,
      ),
  }),
};
