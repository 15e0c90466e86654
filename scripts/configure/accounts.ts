import type { Entry, UserValue } from 'kickstart-parser';
import { quoteForShell } from '../process/index.ts';
import { type CommandHandler, writeFile } from './handler.ts';

/** `group` */
export const group: CommandHandler = {
  commands: ['group'],
  options: ['--name', '--gid'],
  scripts: (model) =>
    model.commands.group.map((entry) => ({
      id: `group-${entry.name}`,
      title: `group ${entry.name}`,
      body: `groupadd ${entry.gid ? `--gid ${entry.gid} ` : ''}${quoteForShell(entry.name ?? '')}`,
      origin: entry.span,
    })),
};

/** `user`: without a password the account is locked, as Anaconda leaves it. */
export const user: CommandHandler = {
  commands: ['user'],
  options: [
    '--name',
    '--homedir',
    '--iscrypted',
    '--plaintext',
    '--password',
    '--shell',
    '--uid',
    '--lock',
    '--gecos',
    '--gid',
    '--groups',
  ],
  scripts: (model) =>
    model.commands.user.map((entry) => ({
      id: `user-${entry.name}`,
      title: `user ${entry.name}`,
      body: userScript(entry),
      secret: entry.password !== undefined,
      origin: entry.span,
    })),
};

function userScript(entry: Entry<UserValue>): string {
  const name = entry.name ?? '';
  const groups = entry.groups ?? [];
  const options = [
    '--create-home',
    '--shell',
    entry.shell ?? '/bin/bash',
    ...(entry.homedir ? ['--home-dir', entry.homedir] : []),
    ...(entry.uid ? ['--uid', `${entry.uid}`] : []),
    ...(entry.gid ? ['--gid', `${entry.gid}`] : []),
    ...(entry.gecos ? ['--comment', entry.gecos] : []),
    ...(groups.length > 0 ? ['--groups', groups.join(',')] : []),
  ];
  return [
    // Anaconda makes the groups that a user line names and nobody made.
    ...groups.map((wanted) => `getent group ${quoteForShell(wanted)} > /dev/null || groupadd ${quoteForShell(wanted)}`),
    // As Anaconda does: the account's own group has that number.
    ...(entry.gid
      ? [`getent group ${entry.gid} > /dev/null || groupadd --gid ${entry.gid} -- ${quoteForShell(name)}`]
      : []),
    `useradd ${options.map(quoteForShell).join(' ')} -- ${quoteForShell(name)}`,
    ...setPassword(name, entry.password, entry.isCrypted),
    ...(entry.lock && entry.password ? [`usermod --lock ${quoteForShell(name)}`] : []),
  ].join('\n');
}

/** `rootpw` */
export const rootpw: CommandHandler = {
  commands: ['rootpw'],
  options: ['--iscrypted', '--plaintext', '--lock', '--allow-ssh'],
  scripts(model) {
    const entry = model.commands.rootpw;
    if (!entry) return [];
    const body = [
      ...setPassword('root', entry.password, entry.isCrypted),
      ...(entry.lock ? [lockRoot] : []),
      ...(entry.allowSsh
        ? [writeFile('/etc/ssh/sshd_config.d/01-permitrootlogin.conf', 'PermitRootLogin yes', '0600')]
        : []),
    ];
    return [
      { id: 'rootpw', title: 'rootpw', body: body.join('\n'), origin: entry.span, secret: entry.password !== '' },
    ];
  },
};

/** A system too small for shadow's programs is made with root locked; then there is nothing to do but to make sure. */
const lockRoot = [
  'if command -v usermod > /dev/null; then usermod --lock root',
  'else grep -qs "^root:[*!]" /etc/shadow /etc/passwd || { echo "root has a password and usermod (package passwd) is missing" >&2; exit 1; }',
  'fi',
].join('\n');

/** `sshkey` */
export const sshkey: CommandHandler = {
  commands: ['sshkey'],
  options: ['--username'],
  scripts: (model) =>
    model.commands.sshkey.map((entry, index) => {
      const name = quoteForShell(entry.username ?? 'root');
      const body = [
        `home=$(getent passwd ${name} | cut -d: -f6); test -n "$home"`,
        `install -d -m 0700 -o ${name} -g "$(id -g ${name})" "$home/.ssh"`,
        `printf '%s\\n' ${quoteForShell(entry.key)} >> "$home/.ssh/authorized_keys"`,
        `chmod 0600 "$home/.ssh/authorized_keys"; chown ${name}: "$home/.ssh/authorized_keys"`,
      ].join('\n');
      return { id: `sshkey-${index}`, title: `sshkey for ${entry.username ?? 'root'}`, body, origin: entry.span };
    }),
};

/** The password goes through a here-document: it is in no argument list. */
function setPassword(name: string, password: string | undefined, encrypted: boolean): string[] {
  if (!password) return [];
  return [`chpasswd${encrypted ? ' --encrypted' : ''} <<'END_OF_PASSWORD'\n${name}:${password}\nEND_OF_PASSWORD`];
}
