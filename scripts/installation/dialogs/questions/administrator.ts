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
  const words = screen.words.administrator;
  for (let typed = known, trouble = ''; ; ) {
    const named = screen.line(words.title, `${trouble}${words.name}`, typed);
    if (named.kind !== 'answer') return named;
    typed = named.value.trim();
    if (!/^[a-z_][a-z0-9_-]{0,30}$/.test(typed)) {
      trouble = `${words.nameWrong}\n\n`;
    } else if (tree.hasAccount(typed)) trouble = `${words.nameTaken(typed)}\n\n`;
    else return answer(typed);
  }
}

type WaysIn = Pick<Administrator, 'passwordHash' | 'sshKeys'>;

function waysIn(name: string, screen: Screen, around: Around): Reply<WaysIn> {
  // Without a password sudo has nothing to ask for; there is a component that lets who came by key do without.
  const byKeyAlone = around.medium.components.includes('sudo-by-key');
  const words = screen.words.administrator;
  const items: Item[] = [
    ['password', words.byPassword],
    ['both', words.byBoth],
    ...(byKeyAlone ? [['key', words.byKey] as const] : []),
  ];
  for (;;) {
    const chosen = screen.menu(words.title, words.how(name), items);
    if (chosen.kind !== 'answer') return chosen;
    const keys = chosen.value === 'password' ? answer([]) : sshKeys(screen, around);
    if (keys.kind === 'stop') return keys;
    if (keys.kind === 'back') continue;
    if (chosen.value === 'key') return answer({ sshKeys: keys.value });
    const password = newSecret(screen, words.password(name));
    if (password.kind === 'stop') return password;
    if (password.kind === 'answer') {
      return answer({ passwordHash: hashOf(password.value, around.machine), sshKeys: keys.value });
    }
  }
}

function sshKeys(screen: Screen, around: Around): Reply<readonly string[]> {
  const hasCurl = around.machine.run(['curl', '--version']).status === 0;
  const words = screen.words.key;
  const items: Item[] = [
    ['volume', words.volume],
    ...(hasCurl ? [['address', words.address] as const] : []),
    ['typed', words.typed],
  ];
  for (;;) {
    const from = screen.menu(words.title, words.where, items);
    if (from.kind !== 'answer') return from;
    const text =
      from.value === 'typed'
        ? typedKey(screen)
        : from.value === 'address'
          ? fetched(screen, around)
          : onVolume(screen, around);
    if (text.kind === 'stop') return text;
    if (text.kind === 'back') continue;
    const { keys, problem } = readKeys(text.value, around.machine, words);
    if (problem === undefined) return answer(keys);
    const told = screen.tell(words.title, problem);
    if (told.kind === 'stop') return told;
  }
}

const typedKey = (screen: Screen) => screen.line(screen.words.key.title, screen.words.key.line);

const onVolume = (screen: Screen, { machine }: Around): Reply<string> =>
  inVolume(screen, machine, screen.words.key.title, 'ro', (directory) => keyFile(screen, machine, directory));

function fetched(screen: Screen, { machine }: Around): Reply<string> {
  const words = screen.words.key;
  const address = screen.line(words.title, words.addressIs, 'https://');
  if (address.kind !== 'answer') return address;
  const url = address.value.trim();
  if (!/^https:\/\/\S+$/.test(url)) return sayAndBack(screen, words.onlyHttps);
  const got = fetchText(machine, url, 30, 'https');
  return got.status === 0 ? answer(got.stdout) : sayAndBack(screen, words.notFetched(got.stderr.trim()));
}

function sayAndBack(screen: Screen, text: string): Reply<never> {
  const told = screen.tell(screen.words.key.title, text);
  return told.kind === 'stop' ? told : back;
}

/** Debian's sudo knows the group sudo, Fedora's wheel; libvirt's lets in who manages guests. */
function groupsOf({ machine, root }: Around): readonly string[] {
  const there = new Set((machine.read(`${root}/etc/group`) ?? '').split('\n').map((line) => line.split(':')[0]));
  return [there.has('sudo') ? 'sudo' : 'wheel', ...(there.has('libvirt') ? ['libvirt'] : [])];
}
