import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type LabRun, resolveTopology, startLabRun, type TopologyFile } from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { toolsTree } from '../lab/environment.ts';
import { accelerator, systemCredential } from './install.ts';

/** A computer that was started from a medium. */
export interface StartedMedium {
  readonly run: LabRun;
  /** How much longer things take than at the reference speed. */
  readonly timeScale: number;
  /** The qcow2 of the disk with that index: only while the machine is there. */
  disk(index: number): string;
}

/** Turns a computer without a network on, from an image, with credentials by their names; it keeps its files in `runDir`, which is made. */
export async function startMedium(
  file: Omit<TopologyFile, 'network'>,
  image: string,
  runDir: string,
  credentials: Readonly<Record<string, string>> = {},
): Promise<StartedMedium> {
  const chosen = await accelerator();
  await mkdir(runDir);
  const run = await startLabRun({
    topology: resolveTopology({ ...file, network: [] }, { accelerator: chosen.chosen, imageFile: image }),
    accelerator: chosen,
    runner: new SystemRunner(),
    toolsRoot: toolsTree(),
    runDir,
    credentials: Object.entries(credentials).map(([name, text]) => systemCredential(name, text)),
    onMilestone: () => {},
  });
  return {
    run,
    timeScale: chosen.timeScale,
    disk: (index) => path.join(runDir, 'machine', `disk${index}.qcow2`),
  };
}
