import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostic/index.ts';
import type { CommandFailed } from '../process/index.ts';

/**
 * A step failed because a finished output of an earlier stage has lost a file: somebody tidied up in the cache. The program
 * that missed it cannot say so; its words are those of bwrap or cp.
 */
export function brokenEntry({ completed }: CommandFailed, cacheDirectory: string): Diagnostic | undefined {
  const stages = `${path.join(cacheDirectory, 'stages')}${path.sep}`;
  const lines = `${completed.stderr}\n${completed.stdout}`.split('\n').filter((line) => MISSED.test(line));
  const named = lines.flatMap((line) => {
    const at = line.indexOf(stages);
    return at < 0 ? [] : [line.slice(at).replace(/['"‘’:;,)].*$| .*$/, '')];
  });
  const file = named.find((one) => !existsSync(one));
  if (file === undefined) return undefined;
  const entry = path.join(stages, file.slice(stages.length).split(path.sep)[0] ?? '');
  return {
    code: 'cache-entry-broken',
    severity: 'error',
    message: `the cache has lost a file: ${file}`,
    hint: `Remove the rest of this entry, and build again: rm -rf ${entry}`,
  };
}

const MISSED =
  /No such file or directory|Can't find source path|cannot stat|failed to access|does not exist|special device/;
