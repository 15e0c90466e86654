import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { heldBytes, parseMemoryInformation } from '../../scripts/checks/idle-memory.ts';
import { findAccelerator } from '../../scripts/lab/accelerator/index.ts';
import { startLabRun } from '../../scripts/lab/boot/start-lab-run.ts';
import { waitForBoot } from '../../scripts/lab/boot/wait-for-boot.ts';
import { type GuestBootTimes, guestBootTimes } from '../../scripts/lab/guest/boot-times.ts';
import { injectedUnits, labSlice, portBuffersMiB } from '../../scripts/lab/guest/injected-units.ts';
import { defaultTopology } from '../../scripts/lab/topology/index.ts';
import { SystemRunner } from '../../scripts/process/index.ts';
import { collectEvidence, type Evidence } from '../../scripts/test-run/evidence/index.ts';

export interface HostMeasures {
  readonly imageMiB: number;
  readonly packages: number;
  readonly usedMiB: number;
  readonly services: readonly string[];
  /** Sockets that other machines can reach. */
  readonly listening: readonly string[];
  readonly bootTimes: GuestBootTimes | undefined;
  readonly evidence: Evidence;
}

/** Boots an ISO in the lab's small server and measures it three minutes after its boot has ended. */
export async function measureHost(
  imageFile: string,
  { toolsRoot, cacheDir, runDir }: { readonly toolsRoot: string; readonly cacheDir: string; readonly runDir: string },
): Promise<HostMeasures> {
  mkdirSync(runDir, { recursive: true });
  const runner = new SystemRunner();
  const accelerator = await findAccelerator({ requested: 'auto', runner, toolsRoot, cacheDir });
  const topology = defaultTopology({ accelerator: accelerator.chosen, firmware: 'bios', imageFile });
  const run = await startLabRun({ topology, accelerator, runner, runDir, toolsRoot, onMilestone: () => {} });
  try {
    await waitForBoot(run, accelerator.timeScale);
    run.stopWatching();
    const bootTimes = await guestBootTimes(run.guest);
    await sleep(180_000);
    const information = parseMemoryInformation((await run.guest.read('/proc/meminfo')).toString());
    const lab = heldBytes((await run.guest.read(`/sys/fs/cgroup/${labSlice}/memory.stat`)).toString()) / 2 ** 20;
    const services = await run.guest.run('systemctl list-units --type=service --state=running --plain --no-legend');
    const evidence = await collectEvidence(run, runDir, { answers: true, ...(bootTimes && { guestTimes: bootTimes }) });
    return {
      imageMiB: Math.round(statSync(imageFile).size / 2 ** 20),
      packages: Number((await run.guest.run('dpkg-query --show | wc -l')).stdout),
      usedMiB: Math.round((information.MemTotal - information.MemAvailable) / 1024 - lab - portBuffersMiB),
      services: firstWords(services.stdout).filter((name) => !injectedUnits.includes(name)),
      listening: reachable(evidence),
      bootTimes,
      evidence,
    };
  } finally {
    await run.end();
    await runner.stopAll();
  }
}

function firstWords(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim().split(/\s+/)[0] || []);
}

function reachable({ listening }: Evidence): string[] {
  const open = listening.filter(({ address }) => !/^127\.|^::1$/.test(address));
  return [
    ...new Set(open.map(({ protocol, port, unit }) => `${protocol.replace('6', '')} ${port} (${unit || 'kernel'})`)),
  ];
}

/** Where a run leaves its logs. */
export function runDirectory(place: string, name: string): string {
  return path.join(place, 'runs', name);
}
