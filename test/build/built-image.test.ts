import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readBuilt } from '../../scripts/build/index.ts';
import { run } from '../../scripts/commands/run.ts';
import { recordingContext } from '../commands/recording-context.ts';

test.each([
  ['nothing', undefined, undefined],
  ['what a full disk cut short', '{"schema": 1, "im', '{'],
  ['what is no manifest', '{}', '{}'],
  ['nothing at all', 'null', 'null'],
])('a build directory that holds %s has not been built', async (_title, manifest, record) => {
  const { context } = recordingContext();
  const directory = path.join(context.places.out, 'nano');
  mkdirSync(directory, { recursive: true });
  if (manifest !== undefined) writeFileSync(path.join(directory, 'manifest.json'), manifest);
  if (record !== undefined) writeFileSync(path.join(directory, 'build.json'), record);
  await expect(readBuilt('nano', {}, context)).rejects.toThrow('nano has not been built');
});

test.each([
  ['/dev/zero', '/dev/zero is neither a file nor a disk'],
  ['/tmp/', '/tmp is neither a file nor a disk'],
  ['/nowhere/at/all.iso', '/nowhere/at/all.iso: there is no such image'],
])('%s is refused before anything is started for it', async (image, message) => {
  const { context } = recordingContext();
  await expect(run({ image, accel: 'tcg', topology: 'default' }, context)).rejects.toThrow(message);
});
