import { Interrupted } from '../../diagnostic/index.ts';
import type { AcceleratorChoice } from '../accelerator/index.ts';
import { guardingCredentials } from '../guest/emulated-guests.ts';
import { injectedCredentials } from '../guest/injected-units.ts';
import { type Machine, type MachineOptions, startMachine } from '../machine/machine.ts';
import { Screen } from '../screen/index.ts';
import { LabRun } from './lab-run.ts';
import { type Milestone, milestoneTitles } from './milestones.ts';
import { Observation } from './observation.ts';

export type LabRunOptions = Pick<
  MachineOptions,
  | 'topology'
  | 'toolsRoot'
  | 'firmwareKeys'
  | 'runner'
  | 'runDir'
  | 'platformState'
  | 'signal'
  | 'snapshots'
  | 'remoteDisplay'
> & {
  readonly accelerator: AcceleratorChoice;
  readonly onMilestone: (milestone: Milestone) => void;
  /** The serial console as it comes, byte for byte. */
  readonly onConsoleBytes?: (bytes: Buffer) => void;
  /** Further SMBIOS type 11 strings, beside those that start the lab's agent. */
  readonly credentials?: readonly string[];
  /** People get into it, and may start guests by hand: an emulated machine is kept from QEMU's faults about those. */
  readonly isHeld?: boolean;
  /** False for an image of which nobody knows whether it takes the agent: silence is then no failure. */
  readonly needsAgent?: boolean;
};

/**
 * Turns a machine on and listens to it.
 * @throws like startMachine
 */
export async function startLabRun(options: LabRunOptions): Promise<LabRun> {
  const { timeScale } = options.accelerator;
  const { needsAgent = true } = options;
  const observation = new Observation({
    runDir: options.runDir,
    timeScale,
    needsAgent,
    onMilestone: (milestone) => {
      options.onMilestone(milestone);
      // At power-on there is no screen yet.
      if (milestone.id !== 'power-on') void screen.keep(milestoneTitles[milestone.id]);
    },
  });
  const machine = await makeMachine(options, observation).catch((error: unknown) => {
    observation.close();
    throw error;
  });
  const screen = new Screen({
    write: (keys) => void machine.console.write(keys),
    elapsedMs: () => observation.boot.milestones.elapsedMs(),
  });
  machine.console.on('data', (bytes: Buffer) => {
    screen.feed(bytes);
    options.onConsoleBytes?.(bytes);
  });
  const run = new LabRun(machine, screen, observation, timeScale, needsAgent);
  try {
    await run.powerOn();
    return run;
  } catch (error) {
    await run.end();
    throw options.signal?.aborted ? new Interrupted() : error;
  }
}

async function makeMachine(options: LabRunOptions, observation: Observation): Promise<Machine> {
  const isEmulated = options.accelerator.chosen === 'tcg';
  const guards = options.isHeld && isEmulated ? guardingCredentials(options.topology.processors) : [];
  return startMachine({
    ...options,
    accelerator: options.accelerator.chosen,
    credentials: [...(await injectedCredentials()), ...guards, ...(options.credentials ?? [])],
    onConsoleLine: (raw) => observation.consoleLine(raw),
    onConsolePrompt: (start) => observation.consolePrompt(start),
    onEvent: (event) => observation.qmpEvent(event),
  });
}
