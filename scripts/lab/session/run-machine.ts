import { ReportedError } from '../../diagnostic/index.ts';
import { makeDirectory } from '../../files/index.ts';
import { findAccelerator, type RequestedAccelerator } from '../accelerator/index.ts';
import { startLabRun } from '../boot/start-lab-run.ts';
import { shareCredentials } from '../guest/shared-directory.ts';
import type { MachineOptions } from '../machine/machine.ts';
import { type Circumstances, resolveTopology, type TopologyFile } from '../topology/index.ts';
import { attachKeyboard } from './attach-keyboard.ts';
import { tellGone } from './gone.ts';
import { holdOpen } from './hold.ts';
import { onceMore } from './leave-key.ts';

export interface RunMachineOptions
  extends Pick<MachineOptions, 'toolsRoot' | 'firmwareKeys' | 'runner' | 'runDir' | 'platformState'> {
  readonly topology: TopologyFile;
  readonly change: Pick<Circumstances, 'imageFile' | 'firmware' | 'memoryMiB' | 'surroundings' | 'keptDisk'>;
  readonly accel: RequestedAccelerator;
  readonly cacheDir: string;
  readonly title: string;
  readonly signal: AbortSignal;
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** With one, the display is offered by VNC at the socket whose path it gets. */
  readonly onDisplay?: (socket: string) => void;
  /** Told once, before the machine is turned on. */
  readonly onAccelerator: (reason: string) => void;
}

/**
 * Turns a machine on for a person: its serial line is the terminal, Ctrl-] twice leaves, the guest may restart as it likes, and
 * nothing is asked of it. Resolves when the guest turned itself off or the person left.
 * @throws ReportedError `machine-gone` when it died
 */
export async function runMachine(options: RunMachineOptions): Promise<void> {
  const { runner, toolsRoot, firmwareKeys, runDir, platformState, cacheDir, signal, onDisplay } = options;
  makeDirectory(runDir);
  const accelerator = await findAccelerator({ runner, toolsRoot, cacheDir, signal, requested: options.accel });
  options.onAccelerator(`${accelerator.chosen} (${accelerator.reason})`);
  const topology = resolveTopology(options.topology, { accelerator: accelerator.chosen, ...options.change });
  const left = new AbortController();
  const run = await startLabRun({
    runner,
    toolsRoot,
    ...(firmwareKeys !== undefined && { firmwareKeys }),
    runDir,
    signal,
    topology,
    accelerator,
    ...(onDisplay && { remoteDisplay: true }),
    ...(platformState !== undefined && { platformState }),
    isHeld: true,
    ...(topology.surroundings?.shared !== undefined && { credentials: shareCredentials() }),
    onMilestone: () => {},
    onConsoleBytes: (bytes) => void options.output.write(bytes),
  });
  run.stopWatching();
  onDisplay?.(`${runDir}/machine/display`);
  const detach = attachKeyboard(options.input, run.machine.console, {
    onAsk: () => void options.output.write(onceMore('turns it off')),
    onLeave: () => left.abort(),
  });
  try {
    const until = AbortSignal.any([signal, left.signal]);
    await holdOpen(run, { runDir, cacheDir, title: options.title, until });
  } catch (error) {
    detach();
    // What was typed for the guest is not for the shell that comes back now.
    if (error instanceof ReportedError) await tellGone(error.message, options, signal);
    throw error;
  } finally {
    detach();
    await run.end();
  }
}
