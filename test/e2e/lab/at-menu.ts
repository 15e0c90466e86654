import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import {
  findAccelerator,
  type LabRun,
  resolveTopology,
  startLabRun,
  type TopologyFile,
  waitForBoot,
} from '../../../scripts/lab/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { places } from '../image/phyllome.ts';
import { crowded, processesWith, temporaryDirectory, toolsTree } from './environment.ts';

/** Until a menu, an entry or a dialog is there, at the reference speed. */
export const menuLimitMs = 120_000;

/** A key that GRUB's menu knows nothing for: held down before it, it stops the menu's clock. */
const anyKey = 'x';

/** How much of the console is told with a failure: a screen or two. */
const bytesToTell = 6000;

/** What the kernel says first on a console: there is no menu any more. */
const kernelSpeaks = /Linux version \d/;

const escapeKey = String.fromCharCode(27);
/** An entry that GRUB has drawn as the marked one, to its end. */
const drawnEntry = new RegExp(
  `\\*((?:Install |Try )?Phyllome OS[^${escapeKey}]*|Firmware settings *)(?=${escapeKey})`,
  'g',
);

/** Starts a machine, chooses an entry of its menu, and looks at what becomes of it. */
export async function startEntry(
  machine: Pick<TopologyFile, 'firmware' | 'boot' | 'memoryMiB'>,
  image: (directory: string) => string | Promise<string>,
  entry: RegExp,
  look: (run: LabRun, timeScale: number) => Promise<void>,
): Promise<void> {
  const directory = await temporaryDirectory();
  const runDir = path.join(directory, 'run');
  await mkdir(runDir);
  const means = { runner: new SystemRunner(), toolsRoot: toolsTree() };
  const accelerator = crowded(await findAccelerator({ ...means, cacheDir: places.cache, requested: 'auto' }));
  const file = { topology: 'menu', summary: 'somebody at the menu', network: [], ...machine };
  const topology = resolveTopology(file, { accelerator: accelerator.chosen, imageFile: await image(directory) });
  let console = '';
  const onConsoleBytes = (bytes: Buffer) => {
    console += bytes.toString('latin1');
  };
  const run = await startLabRun({ ...means, topology, accelerator, runDir, onMilestone: () => {}, onConsoleBytes });
  try {
    await chooseEntry(run, entry, () => console, menuLimitMs * accelerator.timeScale);
    await look(run, accelerator.timeScale);
  } catch (error) {
    const bytes = JSON.stringify(console.slice(-bytesToTell));
    throw new Error(`${entry}: ${String(error)}\nscreen:\n${await run.screen.text()}\nlast bytes: ${bytes}`, {
      cause: error,
    });
  } finally {
    await run.end();
  }
  expect(await processesWith(directory)).toEqual([]);
  await rm(directory, { recursive: true });
}

/** The system comes up, by a kernel line with some words and without others. */
export const boots =
  (words: readonly RegExp[], without: readonly RegExp[] = []) =>
  async (run: LabRun, timeScale: number): Promise<void> => {
    await waitForBoot(run, timeScale);
    const line = (await run.guest.kargs()).join(' ');
    for (const word of words) expect(line).toMatch(word);
    for (const word of without) expect(line).not.toMatch(word);
    const { stdout } = await run.guest.run('systemctl list-units --failed --plain --no-legend');
    expect(stdout.trim()).toBe('');
  };

/**
 * Presses keys as a person would, until the entry is the marked one, and starts it. A key that nothing came of is pressed again:
 * once, on a busy computer, a menu stood still, and nobody could tell why. `console`: what it said so far.
 */
async function chooseEntry(
  { screen, failed }: LabRun,
  title: RegExp,
  console: () => string,
  limitMs: number,
): Promise<void> {
  const until = async (marked: (entry: string) => boolean, press: () => void, againMs: number): Promise<string> => {
    const end = Date.now() + limitMs;
    let pressed = 0;
    for (;;) {
      const entry = markedEntry(console());
      if (entry !== undefined && marked(entry)) return entry;
      if (Date.now() > end) throw new Error('the entry cannot be chosen');
      if (kernelSpeaks.test(console())) throw new Error('the menu started an entry by itself');
      if (Date.now() >= pressed + againMs) {
        press();
        pressed = Date.now();
      }
      await Promise.race([sleep(100), failed]);
    }
  };
  // The firmware throws away what it does not know, too.
  let entry = await until(
    () => true,
    () => screen.type(anyKey),
    0,
  );
  while (!title.test(entry)) {
    const before = entry;
    entry = await until(
      (now) => now !== before,
      () => screen.press('Down'),
      limitMs / 10,
    );
  }
  screen.press('Enter');
}

/**
 * GRUB puts a star before the entry that Enter would start, and draws it anew when another is. The last one that was drawn counts:
 * by UEFI the firmware repeats the menu on the serial line, and what is on the screen is two menus, one over the other.
 */
function markedEntry(console: string): string | undefined {
  return [...console.matchAll(drawnEntry)].at(-1)?.[1]?.trimEnd();
}
