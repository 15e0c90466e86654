import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeDirectory } from '../../files/index.ts';
import {
  AgentSilent,
  type GuestBootTimes,
  GuestCommandFailed,
  type LabRun,
  plainLine,
  QmpError,
  takeScreenshot,
} from '../../lab/index.ts';
import { readFailedUnits } from '../diagnosis/failed-units.ts';
import { criticalChain, slowestUnits } from './critical-chain.ts';
import type { Evidence } from './evidence.ts';
import { readListening } from './listening.ts';
import { readUnitMemory } from './unit-memory.ts';
import { readUnitTimes } from './unit-times.ts';

/** More errors than a person reads; the whole journal is beside the report. */
const mostErrors = 100;

/**
 * Asks the machine for what a report shows beside the verdicts, once these are known: looking costs the guest time and
 * memory. `answers` says whether the agent does. A machine that ended or does not answer leaves its part empty.
 */
export async function collectEvidence(
  run: LabRun,
  runDir: string,
  options: { readonly answers: boolean; readonly guestTimes?: GuestBootTimes },
): Promise<Evidence> {
  const { answers, guestTimes } = options;
  const userspaceMs = guestTimes === undefined ? 0 : guestTimes.kernelMs + guestTimes.initramfsMs;
  const told = answers ? await askGuest(run, userspaceMs) : undefined;
  const screenshots = await screenshot(run, runDir);
  await run.screen.keep(answers ? 'at the end' : 'the last thing it showed');
  return {
    criticalChain: told?.criticalChain ?? [],
    slowestUnits: told?.slowestUnits ?? [],
    memory: told?.memory ?? [],
    listening: told?.listening ?? [],
    failedUnits: told?.failedUnits ?? [],
    journalErrors: run.journalErrors.slice(0, mostErrors),
    screens: await writeScreens(run, runDir),
    screenshots,
  };
}

/** The part that the guest itself tells. */
type ToldByGuest = Pick<Evidence, 'criticalChain' | 'slowestUnits' | 'memory' | 'listening' | 'failedUnits'>;

async function askGuest({ guest }: LabRun, userspaceMs: number): Promise<ToldByGuest | undefined> {
  try {
    // Memory first: the other questions use some themselves.
    const memory = await readUnitMemory(guest);
    const units = await readUnitTimes(guest);
    const listening = await readListening(guest, units);
    const target = (await guest.run('systemctl get-default')).stdout.trim();
    return {
      memory,
      listening,
      failedUnits: await readFailedUnits(guest),
      criticalChain: criticalChain(units, target, userspaceMs),
      slowestUnits: slowestUnits(units),
    };
  } catch (error) {
    if (error instanceof AgentSilent || error instanceof GuestCommandFailed) return undefined;
    throw error;
  }
}

async function screenshot(run: LabRun, runDir: string): Promise<Evidence['screenshots']> {
  const file = 'screenshot.png';
  await rm(path.join(runDir, file), { force: true });
  try {
    const atMs = run.milestones.elapsedMs();
    await takeScreenshot(run.machine.qmp, path.join(runDir, file));
    return [{ title: 'the display at the end', atMs, file }];
  } catch (error) {
    // The machine is gone, or has no display.
    if (error instanceof QmpError) return [];
    throw error;
  }
}

async function writeScreens(run: LabRun, runDir: string): Promise<Evidence['screens']> {
  const directory = path.join(runDir, 'screens');
  await rm(directory, { recursive: true, force: true });
  makeDirectory(directory);
  return Promise.all(
    run.screen.kept.map(async ({ title, atMs, lines }, index) => {
      const name = `screens/${String(index + 1).padStart(2, '0')}`;
      await writeFile(path.join(runDir, `${name}.txt`), `${lines.map(plainLine).join('\n')}\n`);
      await writeFile(path.join(runDir, `${name}.json`), `${JSON.stringify(lines)}\n`);
      return { title, atMs, file: `${name}.txt` };
    }),
  );
}
