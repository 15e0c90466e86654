import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cachedOutput } from '../../plan/index.ts';
import { privilegeOf } from '../../process/index.ts';
import { toolsStage } from './tools-stage.ts';

/** What the tools tree in the cache consists of, lines `FILE BYTES SHA256:SUM`; undefined where there is none. */
export function cachedToolsList(mirror: string, cacheDirectory: string): string | undefined {
  const directory = cachedOutput(toolsStage(mirror, privilegeOf()), cacheDirectory);
  return directory === undefined ? undefined : toolsList(directory);
}

/** What a tools tree consists of, by the list that was written when it was made. */
export function toolsList(directory: string): string {
  return readFileSync(path.join(directory, 'lock'), 'utf8');
}
