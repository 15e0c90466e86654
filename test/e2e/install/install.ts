import { link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  type AcceleratorChoice,
  BootFailed,
  findAccelerator,
  type LabRun,
  resolveTopology,
  startLabRun,
  type TopologyFile,
} from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { places } from '../image/phyllome.ts';
import { crowded, toolsTree } from '../lab/environment.ts';
import { answerVolume, canaryDisk, isUntouched, olderInstallation } from './disks.ts';
import { answersOf, type InstallCase, type TriedComputer, targetIndex } from './install-case.ts';
import { platformState } from './installed.ts';

/** How an installation ended, and what it left. */
export interface Installed {
  /** `the guest turned itself off`, or what went wrong instead. */
  readonly end: string;
  /** What the console said. */
  readonly console: readonly string[];
  /** qcow2 of the disk that was to be installed on. */
  readonly target: string;
  readonly untouched: { readonly canary: boolean; readonly older: boolean };
  readonly seconds: number;
}

/** What nobody types at, says this when an installation came to no good end. */
const trouble = /The installation by the answer file did not succeed|The installer cannot start/;
/** From power-on to power-off, at the reference speed. */
const limitSeconds = 600;

/** Its deadlines are those of a computer that others use, too. */
export async function accelerator(): Promise<AcceleratorChoice> {
  const means = { runner: new SystemRunner(), toolsRoot: toolsTree(), cacheDir: places.cache };
  return crowded(await findAccelerator({ ...means, requested: 'auto' }));
}

/** Starts a computer from the medium, with the target between two disks that nobody may write to, and waits until it is off. */
export async function install(
  one: InstallCase,
  iso: string,
  directory: string,
  answers = answersOf(one),
): Promise<Installed> {
  return onComputer(one, iso, directory, {
    more: one.by === 'oemdrv' ? [{ bus: 'usb', sizeMiB: 16, holds: await answerVolume(directory, answers) }] : [],
    credentials: one.by === 'credential' ? [systemCredential('phyllome.answers', answers)] : [],
    attend: endOf,
  });
}

/** What happens on a computer that is started from a medium. */
export interface Attended {
  /** Disks besides the target and the two that nobody may write to. */
  readonly more: NonNullable<TopologyFile['disks']>;
  readonly credentials: readonly string[];
  /** Sees to it until it is off. Answers with how it ended. */
  attend(run: LabRun, timeScale: number, runDir: string): Promise<string>;
}

/** Starts a computer from the medium, with the target between two disks that nobody may write to; what is left when it is off. */
export async function onComputer(
  one: TriedComputer & Pick<InstallCase, 'from'>,
  iso: string,
  directory: string,
  { more, credentials, attend }: Attended,
): Promise<Installed> {
  const chosen = await accelerator();
  const canary = await canaryDisk(directory);
  const older = await olderInstallation(directory);
  const runDir = path.join(directory, 'installing');
  await mkdir(runDir);
  await mkdir(path.join(directory, platformState));
  const file: TopologyFile = {
    topology: one.name,
    summary: 'a computer that is installed',
    firmware: one.firmware,
    ...(one.tpm && { tpm: true }),
    boot: { from: one.from },
    disks: [
      { bus: 'virtio', sizeMiB: 2 * one.target.sizeMiB, holds: canary },
      one.target,
      { bus: 'sata', sizeMiB: one.target.sizeMiB, holds: older },
      ...more,
    ],
    network: [],
    ...(one.ports && { ports: one.ports }),
  };
  const run = await startLabRun({
    topology: resolveTopology(file, { accelerator: chosen.chosen, imageFile: iso }),
    accelerator: chosen,
    runner: new SystemRunner(),
    toolsRoot: toolsTree(),
    runDir,
    platformState: path.join(directory, platformState),
    credentials,
    onMilestone: () => {},
  });
  try {
    const end = await attend(run, chosen.timeScale, runDir);
    const disk = (index: number) => path.join(runDir, 'machine', `disk${index}.qcow2`);
    const target = path.join(directory, 'target.qcow2');
    await link(disk(targetIndex), target);
    return {
      end,
      console: run.consoleLines,
      target,
      untouched: {
        canary: await isUntouched(canary, disk(0), directory),
        older: await isUntouched(older, disk(targetIndex + 1), directory),
      },
      seconds: run.elapsedMs() / 1000,
    };
  } finally {
    await run.end();
  }
}

/** Waits until the computer is off, or nobody who could go on is there. */
export async function endOf(run: LabRun, timeScale: number): Promise<string> {
  const limitMs = limitSeconds * 1000 * timeScale;
  try {
    const screen = await Promise.race([run.screen.waitFor(trouble, limitMs), run.failed]);
    return `the installer gave up:\n${screen}`;
  } catch (error) {
    if (error instanceof BootFailed) return error.message.replace(/ during the test$/, '');
    return error instanceof Error ? error.message : String(error);
  }
}

/** As a string of SMBIOS. */
export function systemCredential(name: string, text: string): string {
  return `io.systemd.credential.binary:${name}=${Buffer.from(text).toString('base64')}`;
}
