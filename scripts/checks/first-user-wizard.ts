import { plainPart } from '../lab/index.ts';
import { type Check, failed, passed } from './check.ts';
import { failedUnitsOf, inSession, listWindows, windowsOf } from './gnome-shell.ts';
import { lines, seen } from './on-screen.ts';
import { until } from './until.ts';

/** Accounts of persons, by the numbers that both distributions give them. */
const persons = `getent passwd | awk -F: '$3 >= 1000 && $3 < 60000 { print $1 }'`;

/** Whose session GDM starts for it. */
const wizard = 'gnome-initial-setup';

/** Icons that the set-up has for the distributions' IDs (48.1). Where each is found, by the library that draws it. */
const logos = ['emblem-debian', 'fedora-logo-icon'];
const ourLogo = '/usr/share/pixmaps/phyllome-logo.svg';
const findLogos = `${inSession} in_session gjs -c "
imports.gi.versions.Gtk = '4.0';
const theme = imports.gi.Gtk.IconTheme.new();
theme.set_theme_name('Adwaita');
for (const name of ARGV) print(theme.lookup_icon(name, null, 96, 1, 0, 0).get_file().get_path());" ${logos.join(' ')} | xargs readlink -f`;

export const firstUserWizard: Check = {
  id: 'first-user-wizard',
  title: 'whoever is in front of a new machine is asked for the first user',
  proves:
    'Where no person has an account, the display manager has started a session of the set-up’s own user; its window is on the screen, the display is not blank, a key changes what it shows, no unit of that session failed, and the logo that it shows is ours.',
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
    const found = lines((await guest.run(findLogos)).stdout);
    const foreign = logos.find((_, index) => found[index] !== ourLogo);
    if (foreign !== undefined) return failed(`the icon ${foreign} is not our logo`, found);
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
