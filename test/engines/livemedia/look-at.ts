import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lookStep } from '../../../scripts/engines/livemedia/look/look-step.ts';
import type { Output } from '../../../scripts/engines/livemedia/output.ts';
import { host } from '../../../scripts/engines/livemedia/runners/host.ts';
import { compareInstalled, readFound } from '../../../scripts/image/index.ts';
import { scratchDirectory } from '../../commands/recording-context.ts';
import { renderShipped } from '../../render/shipped.ts';
import { kickstartModel, requestFor } from './fixtures.ts';
import { type TreeChanges, writeInstalledTree } from './installed-tree.ts';

export const nano = renderShipped('nano', 'fedora-44');
export const fakeBin = path.join(import.meta.dirname, '../../fake-bin');

/** Looks at an image of nano by the script that the plan has; answers what was noted. `programs`: stand-ins that it uses. */
export function look(
  changes: TreeChanges = {},
  output: Output = 'iso',
  writeImage: (result: string, tree: string) => void = () => {},
  programs = fakeBin,
) {
  const scratch = scratchDirectory();
  for (const name of ['result', 'tmp', 'logs', 'record']) mkdirSync(path.join(scratch, name));
  writeFileSync(path.join(scratch, 'nano.ks'), nano.kickstart);
  writeInstalledTree(path.join(scratch, 'tree'), nano, changes);
  writeImage(path.join(scratch, 'result'), path.join(scratch, 'tree'));
  const { creator, at } = requestFor({ output });
  const paths = {
    kickstart: path.join(scratch, 'nano.ks'),
    result: path.join(scratch, 'result'),
    temporary: path.join(scratch, 'tmp'),
    logs: path.join(scratch, 'logs'),
  };
  const here = { ...host, inside: (_: unknown, argv: readonly [string, ...string[]]) => argv };
  const [program, ...words] = lookStep(here, { ...at, work: scratch, output, release: '44' }, creator, paths).argv;
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    FAKE_TREE: path.join(scratch, 'tree'),
    FAKE_RECORD: path.join(scratch, 'record'),
  };
  execFileSync(program, words, { env, stdio: 'pipe' });
  const found = readFound(path.join(paths.logs, 'image'));
  if (found === undefined) throw new Error('nothing was noted');
  return {
    found,
    compared: compareInstalled(kickstartModel(nano.kickstart), found, { isDisk: output !== 'iso' }),
  };
}
