import { rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { phyllome, places } from '../image/phyllome.ts';
import { processesWith, temporaryDirectory } from '../lab/environment.ts';
import { LocalTerminal } from '../local-terminal.ts';
import { administrator } from './administrator.ts';
import { makeAdministratorAndInstall } from './by-dialogs.ts';
import { Whiptail } from './whiptail.ts';

// The README's way onto a computer, at a terminal: `run FLAVOUR --computer DIRECTORY`, its questions, a login, and the same again.

const flavour = 'installer-headless';
/** Nothing is said of how fast it is: an emulated computer that others use, too. */
const patienceMs = 20 * 60_000;

beforeAll(async () => {
  const { exitCode, stderr } = await phyllome(['build', flavour]);
  if (exitCode !== 0) throw new Error(stderr);
});

/** What a person has before them who types it. */
function typed(...words: readonly string[]): LocalTerminal {
  const command = [path.join(places.checkout, 'ci/phyllome'), ...words].map((word) => `'${word}'`).join(' ');
  const places_ = `PHYLLOME_OUT='${places.out}' PHYLLOME_CACHE='${places.cache}' TERM=vt220`;
  const line = `stty rows 24 cols 80; ${places_} ${command}; echo "ended with $?"`;
  const terminal = new LocalTerminal(['script', '--quiet', '--flush', '--return', '--command', line, '/dev/null']);
  onTestFinished(() => terminal.close());
  return terminal;
}

/** Takes what is there where nothing is said of it. */
async function answerQuestions(terminal: LocalTerminal): Promise<void> {
  const dialog = new Whiptail(terminal);
  await dialog.choose(/Sprache/, /English/);
  await dialog.choose(/Which keyboard/, /US/);
  await dialog.choose(/Which disk/, /64/);
  await dialog.choose(/What shall be on the disk/, /ext4/);
  await dialog.choose(/Shall the disk be encrypted/, /No/);
  await dialog.type(/this computer's name/, '');
  await dialog.choose(/How does this computer get its address/, /DHCP/);
  await dialog.choose(/Where is this computer/, /UTC/);
  await dialog.choose(/Which devices shall guests have/, /Go on/);
  await makeAdministratorAndInstall(terminal);
}

/** Logs in, asks, and turns the computer off; answers with what the terminal showed last. */
async function logInAndOff({ screen, failed }: LocalTerminal, question: string, answer: RegExp): Promise<string> {
  const shows = (words: RegExp) => Promise.race([screen.waitFor(words, patienceMs), failed]);
  await shows(/Log in here with the password of ada/);
  screen.press('Enter');
  await shows(/login: *$/);
  screen.type(`${administrator.name}\r`);
  await shows(/Password: *$/);
  screen.type(`${administrator.password}\r`);
  await shows(new RegExp(`^${administrator.name}@`, 'm'));
  screen.type(`${question}\r`);
  await shows(answer);
  screen.type(`echo ${administrator.password} | sudo -S -p '' systemctl poweroff\r`);
  return failed.catch((ended) => String(ended));
}

test.runIf(process.env.PHYLLOME_INSTALL === 'all')(
  'run FLAVOUR --computer asks, installs, restarts and lets its administrator in; run --computer starts it again',
  async () => {
    const directory = await temporaryDirectory();
    const computer = path.join(directory, 'my-host');
    const first = typed('run', flavour, '--computer', computer);
    await answerQuestions(first);
    const kept = 'echo kept > note; findmnt -no SOURCE,FSTYPE /; ls -d /sys/firmware/efi';
    expect(await logInAndOff(first, kept, /^\/dev\/vda\d +ext4\s+\/sys\/firmware\/efi/m)).toContain('ended with 0');
    const later = typed('run', '--computer', computer);
    expect(await logInAndOff(later, 'cat note', /^kept/m)).toContain('ended with 0');
    expect(await processesWith(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  },
  2 * patienceMs,
);
