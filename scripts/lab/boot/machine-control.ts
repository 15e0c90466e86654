import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsoleFinding } from '../console/scan.ts';
import { deviceKind, type HandedOverDevice } from '../machine/devices.ts';
import { portId } from '../machine/pci-arguments.ts';
import { restoreSnapshot, saveSnapshot } from '../machine/snapshots.ts';
import { devicesBehind, type Topology } from '../machine/topology.ts';
import { type Picture, pressTogether, takePicture, takeScreenshot, typeOnKeyboard } from '../screen/index.ts';
import type { LabRun } from './lab-run.ts';
import type { Milestone } from './milestones.ts';
import { steadyClock, usualClock } from './steady-clock.ts';
import { waitForBoot } from './wait-for-boot.ts';

/** What a check can do to the computer that its guest runs on. */
export interface MachineControl {
  readonly topology: Topology;
  /** Lines of the console so far, as a person would read them. */
  readonly consoleLines: readonly string[];
  /** Bad lines of the console and the journal so far. */
  readonly findings: readonly ConsoleFinding[];
  /**
   * Has the guest restart itself, and waits until it has booted again. Returns the milestones of that boot.
   * @throws BootFailed
   */
  reboot(): Promise<readonly Milestone[]>;
  /**
   * Takes the power away from one moment to the next, and gives it back: memory is lost, what the disks were given stays.
   * With `during`, once more as soon as the boot that follows has passed that milestone. Waits until the guest has booted.
   * @throws BootFailed
   */
  powerCut(options?: { readonly during?: Milestone['id'] }): Promise<readonly Milestone[]>;
  /** Plugs a device into a free root port. The guest notices it when it does. Returns how to take it out again. */
  hotplug(device: HandedOverDevice): Promise<{ unplug(): Promise<void> }>;
  /** Writes what the screen shows to `NAME.png` in the directory of the run; returns its path. */
  screenshot(name: string): Promise<string>;
  /** What the screen shows, to be compared. */
  picture(): Promise<Picture>;
  /** Presses keys of the machine's own keyboard together (QEMU's names: `ctrl`, `alt`, `delete`, `ret` …). */
  press(keys: readonly string[]): Promise<void>;
  /** Types on the machine's own keyboard, a US one. */
  type(text: string): Promise<void>;
  /** Bytes that the guest has written to the disks beside the image; undefined where it has none. */
  bytesWritten(): Promise<number | undefined>;
  /** Notes the state of memory, devices and empty disks under a name. Only on a machine that was made for it. */
  snapshot(name: string): Promise<void>;
  /** Makes everything as it was at that snapshot. */
  restore(name: string): Promise<void>;
}

/** What journald says, and does, about a journal on a disk that lost its power while it was open. */
const journalReplaced = /systemd-journald\[\d+\]: File \S+ corrupted or uncleanly shut down, renaming and replacing/;
/** A guest that was asked to restart has let go of everything by then, at the reference speed. */
const shutdownSeconds = 120;

export function machineControl(
  run: LabRun,
  topology: Topology,
  options: { readonly runDir: string; readonly timeScale: number },
): MachineControl {
  const { machine } = run;
  const settle = async () => {
    await waitForBoot(run, options.timeScale);
    run.stopWatching();
    return run.milestones.passed;
  };
  const cut = () => run.restart(async () => void (await machine.qmp.execute('system_reset')), 30 * options.timeScale);
  const takenPorts = new Set<number>();
  /** What the guest took its time from when the snapshot of that name was taken. */
  const clocks = new Map<string, string>();
  return {
    topology,
    get consoleLines() {
      return run.consoleLines;
    },
    get findings() {
      return run.scanner.findings;
    },
    async reboot() {
      const ask = async () => {
        // The answer may or may not come before the agent is stopped.
        await run.guest.run('systemctl reboot --no-block', { allowFailure: true }).catch(() => {});
      };
      await run.restart(ask, shutdownSeconds * options.timeScale);
      return settle();
    },
    async powerCut({ during } = {}) {
      run.scanner.excuse(journalReplaced);
      await cut();
      if (during !== undefined) {
        await Promise.race([run.milestones.reached(during), run.failed]);
        await cut();
      }
      return settle();
    },
    async hotplug(device) {
      const free = topology.ports.findIndex(
        (port, index) => devicesBehind(port).length === 0 && !takenPorts.has(index),
      );
      if (free === -1) throw new Error(`topology ${topology.name} has no free port: the check must need one`);
      takenPorts.add(free);
      const id = `plugged${free}`;
      await machine.qmp.execute('device_add', { driver: deviceKind(device).driver, id, bus: portId(free) });
      return {
        async unplug() {
          await machine.qmp.execute('device_del', { id });
          takenPorts.delete(free);
        },
      };
    },
    async screenshot(name) {
      const file = path.join(options.runDir, `${name}.png`);
      await takeScreenshot(machine.qmp, file);
      return file;
    },
    picture: () => takePicture(machine.qmp, path.join(options.runDir, 'picture.ppm')),
    press: (keys) => pressTogether(machine.qmp, keys),
    type: (text) => typeOnKeyboard(machine.qmp, text),
    bytesWritten: async () => (topology.disks.length === 0 ? undefined : machine.bytesWritten()),
    async snapshot(name) {
      const clock = (await run.guest.run(steadyClock)).stdout.trim();
      clocks.set(name, clock);
      await saveSnapshot(machine.qmp, topology, name);
      await run.guest.run(usualClock(clock));
    },
    async restore(name) {
      await restoreSnapshot(machine.qmp, topology, name);
      // The agent is the one of then: what was asked of the later one is never answered.
      run.forgetRequests();
      await sleep(0);
      await run.guest.run(`sleep 0.5; ${usualClock(clocks.get(name) ?? '')}`);
    },
  };
}
