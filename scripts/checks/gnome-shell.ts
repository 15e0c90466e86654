import type { CheckContext } from './check.ts';
import { lines } from './on-screen.ts';

/**
 * Runs a program of the session that is on the screen: as its user, and with what its programs find. A greeter's session has a message bus of its
 * own, which only the environment of its shell names.
 */
export const inSession = String.raw`in_session() {
  shell=$(pgrep -n -x gnome-shell) || return
  runuser -u "$(stat -c %U "/proc/$shell")" -- env $(tr '\0' '\n' < "/proc/$shell/environ" |
    grep -E '^(DBUS_SESSION_BUS_ADDRESS|XDG_RUNTIME_DIR|HOME)=') "$@"
}
`;

/**
 * The windows that GNOME Shell shows, `CLASS<tab>TITLE` each. It tells them to portals alone, so the question is asked by the name of one,
 * which is let go of with the connection.
 */
export const listWindows = String.raw`${inSession}
windows() {
in_session python3 - <<'END'
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
def ask(name, path, interface, method, arguments=None):
    return bus.call_sync(name, path, interface, method, arguments, None, 0, 120000, None).unpack()[0]
# 7: in the place of whoever has it, and not in a queue.
portal = GLib.Variant('(su)', ('org.freedesktop.impl.portal.desktop.gtk', 7))
ask('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'RequestName', portal)
windows = ask('org.gnome.Shell', '/org/gnome/Shell/Introspect', 'org.gnome.Shell.Introspect', 'GetWindows')
for window in windows.values():
    if not window['is-hidden']: print(window.get('wm-class', '') + '\t' + window.get('title', '').replace('\n', ' '))
END
}
windows`;

/** The windows on the screen, as a person would name them. */
export async function windowsOf({ guest }: CheckContext): Promise<readonly string[]> {
  const { stdout } = await guest.run(listWindows, { timeoutSeconds: 120, allowFailure: true });
  return lines(stdout).map((line) => `window: ${line.replace('\t', ', ')}`);
}

/** Units of the session's own manager that failed. */
export async function failedUnitsOf({ guest }: CheckContext): Promise<readonly string[]> {
  const script = `${inSession} in_session systemctl --user list-units --failed --plain --no-legend`;
  return lines((await guest.run(script)).stdout);
}

/** The values of settings (`SCHEMA KEY`) as a program of the session reads them, and the first that is not as it should be. */
export async function settingsOf(
  { guest }: CheckContext,
  wanted: Readonly<Record<string, string>>,
): Promise<{ readonly differing?: string; readonly evidence: readonly string[] }> {
  const keys = Object.keys(wanted).map((key) => `'${key}'`);
  const { stdout } = await guest.run(`${inSession} in_session python3 -c "
import sys
from gi.repository import Gio
for setting in sys.argv[1:]:
    schema, key = setting.split()
    print(Gio.Settings(schema=schema).get_value(key).print_(False))" ${keys.join(' ')}`);
  const values = stdout.trimEnd().split('\n');
  const evidence = Object.keys(wanted).map((key, index) => `${key}: ${values[index]}`);
  const differing = Object.values(wanted).findIndex((value, index) => value !== values[index]);
  return differing === -1 ? { evidence } : { differing: `${evidence[differing]}`, evidence };
}
