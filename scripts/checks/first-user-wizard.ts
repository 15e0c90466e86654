import { plainPart } from '../lab/index.ts';
import { type Check, failed, passed } from './check.ts';
import { failedUnitsOf, inSession, listWindows, windowsOf } from './gnome-shell.ts';
import { lines, seen } from './on-screen.ts';
import { until } from './until.ts';

/** Accounts of persons, by the numbers that both distributions give them. */
const persons = `getent passwd | awk -F: '$3 >= 1000 && $3 < 60000 { print $1 }'`;

/** Whose session GDM starts for it. */
const wizard = 'gnome-initial-setup';

export const firstUserWizard: Check = {
  id: 'first-user-wizard',
  title: 'whoever is in front of a new machine is asked for the first user',
  proves:
    'Where no person has an account, the display manager has started a session of the set-up’s own user; its window is on the screen, the display is not blank, a key changes what it shows, and no unit of that session failed.',
  needs: { components: ['desktop'] },
  async run(context) {
    const { guest, machine } = context;
    const [person] = lines((await guest.run(persons)).stdout);
    if (person !== undefined) return passed(`${person} has an account: nobody is asked`);
    await guest.waitFor(
      'the session of the set-up',
      `${inSession} test "$(in_session id -un)" = ${wizard} && ${listWindows} | grep -q .`,
      1800,
    );
    const drawn = await until(context, 300, async () => (plainPart(await machine.picture()) < 0.99 ? true : undefined));
    if (drawn === undefined) return failed('the screen stays one colour');
    const windows = await until(context, 300, async () => {
      const there = await windowsOf(context);
      return there.some((window) => /InitialSetup/.test(window)) ? there : undefined;
    });
    if (windows === undefined) return failed('no window of the set-up', await windowsOf(context));
    const broken = await failedUnitsOf(context);
    if (broken.length > 0) return failed(`of the session failed: ${broken[0]?.split(' ')[0]}`, broken);
    // Into the field above the list of languages.
    await machine.press(['tab']);
    return seen(context, {
      // No language has that letter for its first: fewer are listed. The greeting alone, which changes by itself, is not enough.
      keys: ['q'],
      undo: ['backspace'],
      what: 'the set-up asks for the first user',
      picture: 'first-user-wizard',
      evidence: windows,
    });
  },
};
