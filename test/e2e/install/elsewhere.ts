import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { resolveTopology, startLabRun, waitForBoot } from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { toolsTree } from '../lab/environment.ts';
import { unlock } from './console.ts';
import { accelerator, type Installed } from './install.ts';
import type { InstallCase } from './install-case.ts';
import { installedTopology } from './installed.ts';

/**
 * Starts the installed disk in another computer of the same kind, whose firmware and TPM have never seen it, and types the passphrase
 * there. Answers with the name of the system that has started.
 */
export async function startElsewhere(
  one: InstallCase,
  { target }: Pick<Installed, 'target'>,
  directory: string,
  passphrase: string,
): Promise<string> {
  const runDir = path.join(directory, 'elsewhere');
  await mkdir(runDir);
  const chosen = await accelerator();
  const run = await startLabRun({
    topology: resolveTopology(installedTopology(one), { accelerator: chosen.chosen, imageFile: target }),
    accelerator: chosen,
    runner: new SystemRunner(),
    toolsRoot: toolsTree(),
    runDir,
    onMilestone: () => {},
  });
  try {
    await Promise.all([waitForBoot(run, chosen.timeScale), unlock(run, [passphrase])]);
    return (await run.guest.run('hostname')).stdout.trim();
  } finally {
    await run.end();
  }
}
