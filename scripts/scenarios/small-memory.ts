import {
  type Check,
  failed,
  noFailedUnits,
  parseMemoryInformation,
  passed,
  reachedMultiUser,
} from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

/** A host that has less than this left after its start cannot start even a small guest. */
const leastMiB = 256;

const memoryLeft: Check = {
  id: 'memory-left',
  title: 'there is memory left for a guest',
  proves: `On a machine with 1 GiB the started system has ${leastMiB} MiB available, and the kernel killed nothing for want of memory.`,
  async run({ guest }) {
    const { MemAvailable, MemTotal } = parseMemoryInformation((await guest.read('/proc/meminfo')).toString());
    const killed = (await guest.journal({ kernel: true })).filter(({ message }) =>
      /out of memory|oom-kill/i.test(message),
    );
    const values = { availableMiB: Math.round(MemAvailable / 1024), totalMiB: Math.round(MemTotal / 1024) };
    const evidence = killed.map(({ message }) => message);
    const summary = `${values.availableMiB} of ${values.totalMiB} MiB are available`;
    if (evidence.length > 0) return failed('the kernel killed something for want of memory', evidence, values);
    return values.availableMiB >= leastMiB ? passed(summary, [], values) : failed(summary, [], values);
  },
};

export const smallMemory: Scenario = {
  id: 'small-memory',
  title: 'a machine with 1 GiB of memory',
  proves: 'With as little memory the system starts whole, and is of use.',
  topologies: ['small-memory'],
  checks: [reachedMultiUser, noFailedUnits, memoryLeft],
};
