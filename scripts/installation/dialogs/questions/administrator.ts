import { fetchText } from '../../fetch-text.ts';
import type { Administrator, Around } from '../choices.ts';
import { answer, back, type Item, type Reply, type Screen } from '../screen.ts';
import { hashOf, newSecret } from '../secrets.ts';
import { readKeys } from '../ssh-keys.ts';
import { inVolume, keyFile } from '../volumes.ts';
import type { Question } from '../walk.ts';

/** Who may log in and act as root. Root itself stays locked. */
export const administrator: Question = (draft, screen, around) => {
  for (let known = draft.administrator?.name ?? ''; ; ) {
    const name = userName(known, screen, around);
    if (name.kind !== 'answer') return name;
    known = name.value;
    const ways = waysIn(name.value, screen, around);
    if (ways.kind === 'stop') return ways;
    if (ways.kind === 'answer') {
      const groups = groupsOf(around);
      return answer({ ...draft, administrator: { name: name.value, groups, ...ways.value } });
    }
  }
};

function userName(known: string, screen: Screen, { tree }: Around): Reply<string> {
  for (let typed = known, trouble = ''; ; ) {
    const named = screen.line(
      'Administrator',
      `${trouble}The name by which you log in. This account may act as root (by sudo); root itself has no password and cannot log in.`,
      typed,
    );
    if (named.kind !== 'answer') return named;
    typed = named.value.trim();
    if (!/^[a-z_][a-z0-9_-]{0,30}$/.test(typed)) {
      trouble = 'Small letters, digits, - and _, at most 31; it does not begin with a digit.\n\n';
    } else if (tree.hasAccount(typed)) trouble = `The system has an account ${typed} of its own.\n\n`;
    else return answer(typed);
  }
}

type WaysIn = Pick<Administrator, 'passwordHash' | 'sshKeys'>;

function waysIn(name: string, screen: Screen, around: Around): Reply<WaysIn> {
  // Without a password sudo has nothing to ask for; there is a component that lets who came by key do without.
  const byKeyAlone = around.medium.components.includes('sudo-by-key');
  const items: Item[] = [
    ['password', 'With a password'],
    ['both', 'With a password at the computer, and an SSH key from elsewhere'],
    ...(byKeyAlone ? [['key', 'With an SSH key alone: nobody logs in at the computer itself'] as const] : []),
  ];
  for (;;) {
    const chosen = screen.menu('Administrator', `How does ${name} log in?`, items);
    if (chosen.kind !== 'answer') return chosen;
    const keys = chosen.value === 'password' ? answer([]) : sshKeys(screen, around);
    if (keys.kind === 'stop') return keys;
    if (keys.kind === 'back') continue;
    if (chosen.value === 'key') return answer({ sshKeys: keys.value });
    const password = newSecret(screen, `password of ${name}`);
    if (password.kind === 'stop') return password;
    if (password.kind === 'answer') {
      return answer({ passwordHash: hashOf(password.value, around.machine), sshKeys: keys.value });
    }
  }
}

function sshKeys(screen: Screen, around: Around): Reply<readonly string[]> {
  const hasCurl = around.machine.run(['curl', '--version']).status === 0;
  const items: Item[] = [
    ['volume', 'A file on a stick or disk, such as id_ed25519.pub'],
    ...(hasCurl ? [['address', 'An address, such as https://github.com/USER.keys'] as const] : []),
    ['typed', 'Typed or pasted here'],
  ];
  for (;;) {
    const from = screen.menu('SSH key', 'Where is the public key?', items);
    if (from.kind !== 'answer') return from;
    const text =
      from.value === 'typed'
        ? typedKey(screen)
        : from.value === 'address'
          ? fetched(screen, around)
          : onVolume(screen, around);
    if (text.kind === 'stop') return text;
    if (text.kind === 'back') continue;
    const { keys, problem } = readKeys(text.value, around.machine);
    if (problem === undefined) return answer(keys);
    const told = screen.tell('SSH key', problem);
    if (told.kind === 'stop') return told;
  }
}

const typedKey = (screen: Screen) =>
  screen.line('SSH key', 'The line of the public key: ssh-ed25519 AAAA... you@computer');

const onVolume = (screen: Screen, { machine }: Around): Reply<string> =>
  inVolume(screen, machine, 'SSH key', 'ro', (directory) => keyFile(screen, machine, directory));

function fetched(screen: Screen, { machine }: Around): Reply<string> {
  const address = screen.line('SSH key', 'The address of the key, which begins with https://', 'https://');
  if (address.kind !== 'answer') return address;
  const url = address.value.trim();
  if (!/^https:\/\/\S+$/.test(url)) return sayAndBack(screen, 'Only an address that begins with https:// is fetched.');
  const got = fetchText(machine, url, 30, 'https');
  return got.status === 0 ? answer(got.stdout) : sayAndBack(screen, `It could not be fetched: ${got.stderr.trim()}`);
}

function sayAndBack(screen: Screen, words: string): Reply<never> {
  const told = screen.tell('SSH key', words);
  return told.kind === 'stop' ? told : back;
}

/** Debian's sudo knows the group sudo, Fedora's wheel; libvirt's lets in who manages guests. */
function groupsOf({ machine, root }: Around): readonly string[] {
  const there = new Set((machine.read(`${root}/etc/group`) ?? '').split('\n').map((line) => line.split(':')[0]));
  return [there.has('sudo') ? 'sudo' : 'wheel', ...(there.has('libvirt') ? ['libvirt'] : [])];
}
