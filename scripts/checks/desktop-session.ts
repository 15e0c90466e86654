import { plainPart } from '../lab/index.ts';
import { type Check, type CheckContext, failed } from './check.ts';
import { connectionOf } from './connected.ts';
import { failedUnitsOf, inSession, listWindows, settingsOf, windowsOf } from './gnome-shell.ts';
import { seen } from './on-screen.ts';
import { until } from './until.ts';

/** What the component sets for everybody. */
const wanted = {
  'org.gnome.shell favorite-apps':
    "['virt-manager.desktop', 'org.gnome.Nautilus.desktop', 'org.gnome.Console.desktop']",
  'org.gnome.settings-daemon.plugins.power sleep-inactive-ac-type': "'nothing'",
  'org.virt-manager.virt-manager.connections autoconnect': "['qemu:///system']",
};

/** Who has a session on the screen. */
const person = `loginctl list-sessions --no-legend | while read -r id _; do
  loginctl show-session "$id" --property=Class --property=Name --property=Seat | tr '\\n' ' '; echo
done | sed -n '/Class=user/{/Seat=seat0/s/.*Name=\\([^ ]*\\).*/\\1/p}'`;

/** What the wizard does at its end: an administrator with a password, made by the accounts daemon; and a session of theirs. */
const makePerson = `accounts() { busctl --timeout=600 call org.freedesktop.Accounts "$@"; }
accounts /org/freedesktop/Accounts org.freedesktop.Accounts CreateUser ssi lab 'A person' 1 &&
echo "lab:$(cat /proc/sys/kernel/random/uuid)" | chpasswd &&
install -d -o lab -g lab /home/lab/.config &&
install -o lab -g lab -m 644 /dev/null /home/lab/.config/gnome-initial-setup-done &&
until accounts "/org/freedesktop/Accounts/User$(id -u lab)" org.freedesktop.Accounts.User SetAutomaticLogin b true; do sleep 2; done &&
systemctl restart display-manager`;

export const desktopSession: Check = {
  id: 'desktop-session',
  title: 'who is logged in has virt-manager on the screen',
  proves:
    'In the session of an administrator the first key combination of the starter opens virt-manager, which is connected to libvirt without a password; our settings are in effect, the display is not blank, a key changes what it shows, and no unit of the session failed.',
  needs: { components: ['desktop'] },
  changesState: true,
  async run(context) {
    const { guest, machine } = context;
    if ((await guest.run(person)).stdout.trim() === '') await guest.run(makePerson, { timeoutSeconds: 600 });
    await guest.waitFor('a session on the screen', `${person} | grep .`, 900);
    const user = (await guest.run(person)).stdout.trim();
    await guest.waitFor('GNOME Shell', `${inSession} test "$(in_session id -un)" = ${user} && ${listWindows}`, 1800);
    const drawn = await until(context, 300, async () => (plainPart(await machine.picture()) < 0.99 ? true : undefined));
    if (drawn === undefined) return failed('the screen stays one colour');

    const windows = await opened(context);
    if (windows === undefined) return failed('no window of virt-manager', await windowsOf(context));
    const connected = await until(context, 300, async () => {
      const { isThere, sockets } = await connectionOf(context, user);
      return isThere ? sockets : undefined;
    });
    if (connected === undefined) return failed('virt-manager is not connected to libvirt', windows);

    const { differing, evidence } = await settingsOf(context, wanted);
    if (differing !== undefined) return failed(differing, evidence);
    const broken = await failedUnitsOf(context);
    if (broken.length > 0) return failed(`of the session failed: ${broken[0]?.split(' ')[0]}`, broken);
    return seen(context, {
      // All windows and the starter: unlike a program's own keys, these need no window to have the keyboard.
      keys: ['meta_l'],
      undo: ['esc'],
      what: 'virt-manager, connected',
      picture: 'desktop-session',
      evidence: [...windows, ...connected, ...evidence],
    });
  },
};

/** The windows, when virt-manager has one. The starter's first key combination is pressed again: a session that begins may miss it. */
async function opened(context: CheckContext): Promise<readonly string[] | undefined> {
  for (let presses = 5; presses > 0; presses--) {
    await context.machine.press(['esc']);
    await context.machine.press(['meta_l', '1']);
    const windows = await until(context, 60, async () => {
      const there = await windowsOf(context);
      return there.some((window) => window.includes('Virtual Machine Manager')) ? there : undefined;
    });
    if (windows !== undefined) return windows;
  }
  return undefined;
}
