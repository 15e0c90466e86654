import type { CommandInput } from './behaviour.ts';

/** `realm join` passes its line on to the realm tool; only a few of its options are allowed. */
const FLAGS = ['--no-password'];
const OPTIONS = [
  '--one-time-password=',
  '--computer-ou=',
  '--client-software=',
  '--server-software=',
  '--membership-software=',
];

/** Checks a `realm` line. It has no comments: `#` and what follows it are words like any other. */
export function readRealm(input: CommandInput): void {
  const [action, ...words] = input.line.args.map((argument) => argument.value);
  if (action !== 'join') {
    input.reject('realm knows only "join"', input.line.args[0]);
    return;
  }
  if (input.before !== undefined) input.reject('realm join can be there only once');
  const realms = words.filter((text) => !text.startsWith('-'));
  const unknown = input.line.args.slice(1).find(({ value }) => value.startsWith('-') && !isAllowed(value));
  if (unknown !== undefined) input.reject(`realm join has no option ${unknown.value}`, unknown);
  if (input.line.comment !== undefined) input.reject('A realm line has no comments');
  if (realms.length !== 1 || words.at(-1)?.startsWith('-'))
    input.reject('realm join needs one realm, behind the options');
  input.values.words = words;
  input.values.realm = realms[0] ?? '';
}

function isAllowed(option: string): boolean {
  return FLAGS.includes(option) || OPTIONS.some((start) => option.startsWith(start));
}
