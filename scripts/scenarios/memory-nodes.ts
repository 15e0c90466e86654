import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

const nodesSeen: Check = {
  id: 'memory-nodes',
  title: 'the kernel knows the memory nodes',
  proves: 'Each NUMA node of the machine is in sysfs with processors and memory of its own.',
  async run({ guest, machine }) {
    const { stdout } = await guest.run(`for node in /sys/devices/system/node/node[0-9]*; do
  echo "\${node##*/} processors $(cat "$node/cpulist") memory $(awk '/MemTotal/ { print $4 }' "$node/meminfo")"
done`);
    const nodes = stdout.trimEnd().split('\n');
    const whole = nodes.filter((line) => /processors [\d,-]+ memory [1-9]\d*$/.test(line));
    const wanted = machine.topology.numaNodes;
    return whole.length === wanted
      ? passed(`${wanted} nodes`, nodes)
      : failed(`${whole.length} of ${wanted} nodes`, nodes);
  },
};

export const memoryNodes: Scenario = {
  id: 'memory-nodes',
  title: 'a computer with two sockets',
  proves: 'The host sees which memory belongs to which processor: what guests are pinned by.',
  topologies: ['numa'],
  checks: [nodesSeen],
};
