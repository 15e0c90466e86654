import { type Check, failed, passed } from '../checks/index.ts';
import { isLive } from '../outputs/index.ts';
import type { Scenario } from './scenario.ts';
import { drift, systemState } from './system-state.ts';

/** A check that so many restarts leave the system as the first start made it. */
function restartsWithoutDrift(count: number): Check {
  return {
    id: count === 1 ? 'one-reboot' : `${count}-reboots`,
    title: count === 1 ? 'a restart changes nothing' : `${count} restarts change nothing`,
    proves:
      'After each restart, units, mounts, listening sockets and kernel arguments are those of the first start, no unit failed, the journal does not swell, and the machine keeps its identity where its root file system stays.',
    changesState: true,
    freshBoot: true,
    async run({ guest, machine, expect }) {
      const first = await systemState(guest);
      const settledSeconds: string[] = [];
      for (let number = 1; number <= count; number++) {
        const milestones = await machine.reboot();
        settledSeconds.push(((milestones.at(-1)?.atMs ?? 0) / 1000).toFixed(1));
        const changes = drift(first, await systemState(guest), !isLive(expect.image.kind));
        const failedUnits = await guest.run('systemctl list-units --failed --plain --no-legend');
        if (failedUnits.stdout.trim() !== '') {
          return failed(`units failed after restart ${number}`, failedUnits.stdout.trimEnd().split('\n'));
        }
        if (changes.length > 0) return failed(`after restart ${number}: ${changes[0]}`, changes);
      }
      const times = `settled after ${settledSeconds.join(', ')} s`;
      return passed(`${count} restarts, nothing changed`, [times], { restarts: count });
    },
  };
}

export const reboot: Scenario = {
  id: 'reboot',
  title: 'the host is restarted',
  proves: 'A restart asked for in the guest ends in the same system as the first start.',
  topologies: ['default'],
  checks: [restartsWithoutDrift(1)],
};

export const tenReboots: Scenario = {
  id: 'ten-reboots',
  title: 'the host is restarted ten times',
  proves: 'Ten restarts one after the other leave units, mounts, sockets, journal and identity as they were.',
  topologies: ['default'],
  slow: true,
  checks: [restartsWithoutDrift(10)],
};
