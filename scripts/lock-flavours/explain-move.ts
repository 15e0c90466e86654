import type { Diagnostic } from '../diagnostic/index.ts';
import type { Move } from '../engines/direct/index.ts';
import { packagesMissing } from '../engines/tools/index.ts';
import { updateHint } from '../package-lock/index.ts';
import type { CommandFailed } from '../process/index.ts';

/** Why only some packages cannot move: what apt says of which one, or what of the locked ones is no longer to be had. */
export function explainMove({ completed }: CommandFailed, { before, words }: Move, title: string) {
  const output = `${completed.stdout}\n${completed.stderr}`;
  const all = `${updateHint(before)} moves all of them`;
  const cannot = (message: string, hint: string): readonly Diagnostic[] => [
    { code: 'cannot-move', severity: 'error', message: `${title}: ${message}`, hint },
  ];
  const missing = packagesMissing(output);
  if (missing.length > 0 && !/^offline: /m.test(output)) {
    const lines = missing.map((file) => `  ${file}`).join('\n');
    return cannot(`what stays cannot be looked at, as these packages are nowhere to be had:\n${lines}`, all);
  }
  const broken = [...output.matchAll(/^ (\S+ : (?:Pre)?(?:Depends|Conflicts|Breaks): .*)$/gm)].map(([, line]) => line);
  if (broken.length === 0) return undefined;
  const lines = broken.map((line) => `  ${line}`).join('\n');
  return cannot(
    `${words.join(', ')} cannot move while the others stay, with what the repositories have now:\n${lines}`,
    `Name those, too; or ${all}`,
  );
}
