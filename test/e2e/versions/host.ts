import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findAccelerator, type LabRun, resolveTopology } from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { passes } from '../image/boots-well.ts';
import { places } from '../image/phyllome.ts';
import type { Booted } from '../lab/booted.ts';
import { crowded, toolsTree } from '../lab/environment.ts';

/** Flavours of disks with versions. */
const own = path.join(import.meta.dirname, 'own');

/** A computer whose system has versions. */
export interface VersionedHost {
  readonly run: LabRun;
  /** Runs a script as root; what it prints. A status that is not 0 fails. */
  ask(script: string): Promise<string>;
  /** Has the guest restart, however often it does so by itself then, and waits until version `version` has settled what it is. */
  restartInto(version: number): Promise<void>;
  end(): Promise<void>;
}

/** From one start to the next: the tries of a bad version, each up to what a hanging one may take. At the reference speed. */
const restartSeconds = 600;

/** Builds that flavour's disk and starts it by UEFI, which counts tries. */
export async function hostWithVersions(booted: Booted, flavour: string): Promise<VersionedHost> {
  await passes('--dir', own, 'build', flavour);
  const runDir = mkdtempSync(path.join(tmpdir(), 'phyllome-versions-'));
  const means = { runner: new SystemRunner(), toolsRoot: toolsTree() };
  const accelerator = crowded(await findAccelerator({ ...means, cacheDir: places.cache, requested: 'auto' }));
  const topology = resolveTopology(
    { topology: 'versions', summary: 'a host with versions', firmware: 'uefi', boot: { from: 'disk' }, network: [] },
    {
      accelerator: accelerator.chosen,
      imageFile: path.join(places.out, flavour, `phyllome-${flavour}-debian-13.qcow2`),
    },
  );
  const run = await booted({ ...means, topology, accelerator, runDir, onMilestone: () => {} });
  // A new version may panic: that is no failure of this machine.
  run.failed.catch(() => {});
  await run.allowRestarts();
  const ask = async (script: string) =>
    (await run.guest.run(script, { timeoutSeconds: restartSeconds })).stdout.trimEnd();
  return {
    run,
    ask,
    async restartInto(version) {
      const before = await ask('cat /proc/sys/kernel/random/boot_id');
      await run.guest.run('systemctl reboot --no-block', { allowFailure: true }).catch(() => {});
      const limit = Date.now() + restartSeconds * 1000 * accelerator.timeScale;
      for (;;) {
        const now = await answerOf(run);
        const isSettled = now !== undefined && now.boot !== before && now.settled;
        if (isSettled && now.version === String(version)) return;
        if (isSettled || Date.now() > limit) {
          const seen = now === undefined ? 'does not answer' : `runs version ${now.version}`;
          throw new Error(`the host ${seen} instead of version ${version}:\n${run.lastLines.slice(-40).join('\n')}`);
        }
        await sleep(2000);
      }
    },
    async end() {
      await run.end();
      rmSync(runDir, { recursive: true });
    },
  };
}

/** What runs, and whether nothing about it is open any more; undefined while nobody answers. */
async function answerOf(run: LabRun): Promise<{ boot: string; version: string; settled: boolean } | undefined> {
  const script = `cat /proc/sys/kernel/random/boot_id; findmnt -nvo FSROOT / | sed s,/system-,,
systemctl is-active --quiet multi-user.target && { ! grep -q phyllome.trial /proc/cmdline || test -e /run/phyllome-update/kept; } && echo settled`;
  try {
    const { stdout } = await run.guest.run(script, { timeoutSeconds: 20, allowFailure: true });
    const [boot = '', version = '', settled] = stdout.trim().split('\n');
    return { boot, version, settled: settled === 'settled' };
  } catch {
    return undefined;
  }
}
