/** How pykickstart 3.74 and Python's argparse begin, or put, what they say of a line that is not written as it should be. */
const WORDS: readonly string[] = [
  // Of commands, sections and quoting.
  'Unknown (?:command|kickstart section)',
  'Section \\S+ does not end',
  'No closing quotation',
  'Invalid .*section',
  '\\S+ has been removed\\.',
  'The %certificate section is empty',
  // Of arguments, by argparse.
  'unrecognized arguments|ambiguous option|no such option|invalid boolean value',
  '(?:the following|one of the) arguments ',
  'argument \\S+:',
  'expected \\S+ argument',
  // Of arguments, by pykickstart.
  'Unexpected arguments',
  'option .* requires',
  '(?:The )?option --?\\S+ (?:does not exist|is not|was removed)',
  '.*\\bcommand (?:\\S+ )?(?:requires|expects|does not (?:take|accept)|only takes) ',
  'A single argument is expected',
  '--\\S+ accepts only one argument',
  '(?:One|Only one|Specify only one) (?:of|partition|realm|biospart) ?',
  '.*\\bcannot (?:both )?(?:be used (?:together|with)|be specified|specify both)',
  'Members may not be specified',
  '--\\S+(?: and --\\S+)? (?:requires --|can only be used in conjunction|with --\\S+ |are for )',
  'Action \\S+ .*requires --',
  '(?:btrfs|volgroup|btrfs subvol(?:ume)?) (?:must be given|requires) ',
  'No size given for logical volume',
  'Partitions required for ',
  'Percentage must be between',
  'Invalid (?:autopart type|btrfs level|raid level|realm arguments)',
  'Missing realm command',
  'autopart --\\S+ .*is not ',
  'Btrfs file system is not supported',
  'Method must be a url',
  'Empty string is not a valid',
];

/** Matches what is said of a line that is not understood, and not what Anaconda's modules say of one that is. */
export const notUnderstood = new RegExp(`^(?:${WORDS.join('|')})`, 'im');
