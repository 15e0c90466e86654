import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { places } from '../image/phyllome.ts';
import { LocalTerminal } from '../local-terminal.ts';
import { processesWith, temporaryDirectory, testImageFile } from './environment.ts';

// QEMU dies beneath people: those who sit at the guest's console, and those in a shell of it.

/** Nothing is said of how fast it is: an emulated computer that others use, too. */
const patienceMs = 20 * 60_000;

let directory = '';
const terminals: LocalTerminal[] = [];
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.close();
  expect(await processesWith(directory)).toEqual([]);
  await rm(directory, { recursive: true });
});

/** A shell of the person's own computer at a terminal, in which a command was typed. */
function typed(command: string) {
  const line = `stty rows 24 cols 80; cd ${directory} && exec env PS1='mine> ' sh -i`;
  const terminal = new LocalTerminal(['script', '--quiet', '--flush', '--return', '--command', line, '/dev/null']);
  terminals.push(terminal);
  const { screen, failed } = terminal;
  const shows = (words: RegExp) => Promise.race([screen.waitFor(words, patienceMs), failed]);
  const enter = (words: string) => screen.type(`${words}\r`);
  const places_ = `PHYLLOME_OUT='${path.join(directory, 'out')}' PHYLLOME_CACHE='${places.cache}' TERM=vt220`;
  enter(`clear; ${places_} '${path.join(places.checkout, 'ci/phyllome')}' ${command}`);
  return { shows, enter };
}

/** The process that is QEMU itself, not what confines it. */
async function qemuOf(runDirectory: string): Promise<number> {
  for (const id of await processesWith(runDirectory)) {
    const name = await readFile(`/proc/${id}/comm`, 'utf8').catch(() => '');
    if (name.startsWith('qemu-system')) return id;
  }
  throw new Error('no QEMU runs');
}

test.skipIf(testImageFile === undefined)(
  'a machine that is killed under `run` and `shell` is told at both terminals, which keep what was meant for the guest',
  async () => {
    const console = typed(`run '${testImageFile}' --accel tcg --no-window`);
    await console.shows(/Nobody can log in|login:/);
    const shell = typed('shell');
    await shell.shows(/root@.*[#>] *$/m);
    shell.enter('echo root-in-$(systemd-detect-virt)');
    await shell.shows(/^root-in-(qemu|kvm)/m);

    process.kill(await qemuOf(directory), 'SIGKILL');
    for (const terminal of [console, shell]) {
      await terminal.shows(/QEMU was killed by SIGKILL.*back on your own computer/s);
      // A command for the guest is on its way already.
      terminal.enter('clear; touch meant-for-the-guest');
      terminal.enter('');
      await terminal.shows(/^mine> *$/m);
      terminal.enter('echo "ended with $?"');
      const shown = await terminal.shows(/^ended with 1/m);
      expect(shown).toMatch(/QEMU was killed by SIGKILL/);
    }
    expect(existsSync(path.join(directory, 'meant-for-the-guest'))).toBe(false);
  },
  2 * patienceMs,
);
