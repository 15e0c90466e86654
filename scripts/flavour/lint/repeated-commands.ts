import type { Diagnostic } from '../../diagnostic/index.ts';
import type { ResolvedCommand } from '../model.ts';
import type { FlavourRule } from './rule.ts';

/** Commands that may be there several times, each for another thing. */
const SEVERAL = new Set([
  'part',
  'partition',
  'logvol',
  'volgroup',
  'raid',
  'btrfs',
  'repo',
  'user',
  'group',
  'sshkey',
  'network',
  'module',
]);

/** Of most commands the last one counts, and takes back what the first said: `services` is the classic. */
export const repeatedCommands: FlavourRule = ({ kickstart }) => {
  const firsts = new Map<string, ResolvedCommand>();
  return kickstart.flatMap((entry): readonly Diagnostic[] => {
    const key = keyOf(entry.command);
    const first = key === undefined ? undefined : firsts.get(key);
    if (key !== undefined && !first) firsts.set(key, entry);
    if (!first) return [];
    const message = `\`${key}\` is given by ${first.by} and by ${entry.by}: an installer takes the last, or stops`;
    return [
      {
        code: 'repeated-command',
        severity: 'error',
        message,
        span: entry.at,
        related: [{ message: 'first here', span: first.at }],
      },
    ];
  });
};

/** What there can be only one of: a command's name, or a mount point. */
function keyOf(command: string): string | undefined {
  const [name = '', first = ''] = command.split(/\s+/);
  if (!SEVERAL.has(name)) return name;
  return /^part(?:ition)?$/.test(name) && first.startsWith('/') ? `part ${first}` : undefined;
}
