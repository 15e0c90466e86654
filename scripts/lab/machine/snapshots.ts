import { setTimeout as sleep } from 'node:timers/promises';
import { diskNode, mediumNode, stateNode } from './disk-arguments.ts';
import { type QmpClient, QmpError } from './qmp.ts';
import { type Topology, takesWrites } from './topology.ts';

/** Writing two gibibytes of memory takes a few seconds; a busy disk gets a lot more. */
const limitMs = 120_000;

/** @throws QmpError when a device of the machine cannot be part of a snapshot, or the machine has no place for one */
export async function saveSnapshot(qmp: QmpClient, topology: Topology, name: string): Promise<void> {
  await job(qmp, 'snapshot-save', topology, name);
}

/**
 * QEMU's time stamp counter does not go back: see steady-clock.ts.
 * @throws QmpError when there is no such snapshot
 */
export async function restoreSnapshot(qmp: QmpClient, topology: Topology, name: string): Promise<void> {
  await job(qmp, 'snapshot-load', topology, name);
}

let jobs = 0;

async function job(qmp: QmpClient, command: string, topology: Topology, tag: string): Promise<void> {
  jobs += 1;
  const id = `job${jobs}`;
  // QEMU answers only when it has written or read much of the memory.
  const job = { 'job-id': id, tag, vmstate: stateNode, devices: writableNodes(topology) };
  await qmp.execute(command, job, limitMs);
  const deadline = Date.now() + limitMs;
  for (;;) {
    const all = (await qmp.execute('query-jobs', {}, limitMs)) as readonly {
      id: string;
      status: string;
      error?: string;
    }[];
    const ours = all.find((one) => one.id === id);
    if (ours?.status === 'concluded') {
      await qmp.execute('job-dismiss', { id });
      if (ours.error !== undefined) throw new QmpError(command, 'GenericError', ours.error);
      return;
    }
    if (Date.now() > deadline) throw new QmpError(command, 'Timeout', `not done within ${limitMs / 1000} s`);
    await sleep(20);
  }
}

/** What holds state besides memory and devices. Firmware variables are raw files and stay as they are. */
function writableNodes({ disks, medium }: Topology): string[] {
  return [stateNode, ...disks.map((_, index) => diskNode(index)), ...(takesWrites(medium) ? [mediumNode] : [])];
}
