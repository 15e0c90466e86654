import type { CommandLine } from 'kickstart-parser';

/** Commands that a kickstart repeats, and the option that tells one from the other; else it is their first word. */
const NAMING_OPTIONS: Readonly<Record<string, string | undefined>> = {
  repo: '--name=',
  user: '--name=',
  group: '--name=',
  sshkey: '--username=',
};
const NAMED_BY_FIRST_WORD = ['part', 'partition', 'logvol', 'raid', 'volgroup', 'btrfs'];

/** Passwords stay out of every profile; kernel arguments are a part of their own. */
const SECRET = /^(--(?:password|passphrase))=.*/;

/** What a command says, by what: `part /boot` and its options, `repo debian-security`, `lang`. */
export function nameAndWords({ name, args }: Pick<CommandLine, 'name' | 'args'>): readonly [string, string] {
  const words = args.map(({ value }) => value.replace(SECRET, '$1=…')).filter((word) => !word.startsWith('--append='));
  const option = NAMING_OPTIONS[name];
  const index = words.findIndex((word) =>
    option === undefined ? NAMED_BY_FIRST_WORD.includes(name) && !word.startsWith('--') : word.startsWith(option),
  );
  const naming = words[index];
  if (naming === undefined) return [name, words.join(' ')];
  return [`${name} ${naming.slice(option?.length ?? 0)}`, words.toSpliced(index, 1).join(' ')];
}
