import { setTimeout as sleep } from 'node:timers/promises';
import type { LabRun } from '../../../scripts/lab/index.ts';
import { administrator } from './administrator.ts';

const prompt = 'Please enter passphrase for disk';
/** It stands behind the prompt until something is typed. systemd turns the echo off a moment later; no person is that quick. */
const hint = 'press TAB for no echo';
const handsMs = 1000;
/** Argon2 takes its time under emulation, and a wrong passphrase as much as the right one. */
const promptMs = 600_000;

/** Types the passphrases one after the other, each when it is asked for. */
export async function unlock(run: LabRun, passphrases: readonly string[]): Promise<void> {
  for (const [index, passphrase] of passphrases.entries()) {
    const asked = new RegExp([...Array.from({ length: index + 1 }, () => prompt), hint].join('[^]*'));
    await Promise.race([run.screen.waitFor(asked, promptMs), run.failed]);
    await sleep(handsMs);
    run.screen.type(`${passphrase}\r`);
  }
}

/** Takes what stands there off the console's screen, so that what comes is not taken for it. */
export async function clearScreen({ guest, screen }: LabRun): Promise<void> {
  const words = 'The screen was cleared.';
  await guest.run(`printf '\\033c${words}\\r\\n' > /dev/ttyS0`);
  await screen.waitFor(new RegExp(words));
}

/** At the serial console, as a person would. Answers with what it shows then. */
export async function logIn({ screen }: LabRun): Promise<string> {
  screen.press('Enter');
  await screen.waitFor(/login: *$/, 60_000);
  screen.type(`${administrator.name}\r`);
  await screen.waitFor(/Password: *$/, 60_000);
  screen.type(`${administrator.password}\r`);
  await screen.waitFor(new RegExp(`^${administrator.name}@`, 'm'), 120_000);
  screen.type(`echo ${administrator.password} | sudo -S -p '' id -un\r`);
  return screen.waitFor(/^root$/m, 120_000);
}
