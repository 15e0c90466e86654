import path from 'node:path';
import { operand, option, text, type Values } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { firmwareKeysFor, toolsRoot } from '../engines/tools/index.ts';
import { milestoneTitles } from '../lab/index.ts';
import { taskList } from '../progress/index.ts';
import { writeTestRun } from '../report/test-run/index.ts';
import { replayCapsule } from '../test-run/index.ts';
import { accel } from './common-flags.ts';

export const name = 'replay';
export const help = {
  summary: 'boot a failed test again from its capsule, and tell whether it fails at the same point',
};
export const flags = {
  capsule: operand(text('capsule', 'files'), 'capsule.tar.zst of a failed test'),
  image: option(text('image', 'files'), 'where the image is now'),
  accel,
};
export const startsPrograms = true;

/**
 * Boots the image of a failed test again, as the capsule has it, and says whether it fails at the same point.
 * @throws ReportedError when it does not, or the capsule or its image cannot be used
 */
export async function run(options: Values<typeof flags>, context: Context): Promise<void> {
  const { capsule: file, accel } = options;
  const tools = await toolsRoot(context);
  const runDir = path.join(context.places.out, 'replay', path.basename(path.dirname(path.resolve(file))));
  let replayed: Awaited<ReturnType<typeof replayCapsule>> | undefined;
  await taskList([
    {
      title: `Boot again what ${path.basename(file)} holds`,
      task: async (_, task) => {
        replayed = await replayCapsule({
          capsuleFile: file,
          accel,
          toolsRoot: tools,
          firmwareKeys: (topology) => firmwareKeysFor([topology], context),
          runDir,
          ...(options.image !== undefined && { imageFile: path.resolve(options.image) }),
          cacheDir: context.places.cache,
          runner: context.runner,
          signal: context.signal,
          onProgress: ({ message }) => {
            task.output = message;
          },
        });
      },
    },
  ]).run();
  if (replayed === undefined) throw new Error('the boot ended without a result');
  const { before, now, same, run } = replayed;
  await writeTestRun(run, runDir);
  context.print(`then: ${before.codes[0]} after "${milestoneTitles[before.lastMilestone]}": ${before.message}`);
  context.print(
    run.verdict === 'passed'
      ? 'now:  everything passed'
      : `now:  ${now.codes[0]} after "${milestoneTitles[now.lastMilestone]}": ${now.message}`,
  );
  context.print(`report: ${path.join(runDir, 'report.html')}`);
  if (same) return context.print('the same point');
  throw new ReportedError({
    code: 'another-point',
    severity: 'error',
    message: 'the image did not fail at the point that the capsule tells of',
    hint: 'What depends on chance or on the load of this computer differs from boot to boot: `phyllome test --repeat 10` gives a rate.',
  });
}
