import { type Check, failed } from './check.ts';
import { connectionOf } from './connected.ts';
import { lines, seen } from './on-screen.ts';

/** As the user of the session, with what programs of the session find. */
const asKiosk = 'runuser -u kiosk -- env XDG_RUNTIME_DIR=/run/user/$(id -u kiosk)';

/**
 * The windows of a wlroots compositor, `APPLICATION<tab>TITLE` each, by the protocol that task bars use
 * (wlr-foreign-toplevel-management-unstable-v1): no program that would list them has to be in the image.
 */
const listWindows = String.raw`windows() {
python3 - <<'END'
import glob, os, pwd, socket, struct
runtime = '/run/user/%d' % pwd.getpwnam('kiosk').pw_uid
connection = socket.socket(socket.AF_UNIX)
connection.settimeout(20)
connection.connect(min(glob.glob(runtime + '/wayland-[0-9]')))
def send(target, opcode, body=b''):
    connection.sendall(struct.pack('=IHH', target, opcode, 8 + len(body)) + body)
def text(body):
    length, = struct.unpack_from('=I', body)
    return body[4:3 + length].decode(errors='replace').replace('\t', ' ').replace('\n', ' ')
DISPLAY, REGISTRY, MANAGER = 1, 2, 4
buffer, windows = b'', {}
def until_done(callback):
    global buffer
    send(DISPLAY, 0, struct.pack('=I', callback))
    while True:
        while len(buffer) < 8 or len(buffer) < struct.unpack_from('=IHH', buffer)[2]:
            more = connection.recv(65536)
            if not more: raise SystemExit('the compositor closed the connection')
            buffer += more
        sender, opcode, size = struct.unpack_from('=IHH', buffer)
        body, buffer = buffer[8:size], buffer[size:]
        if sender == callback: return
        if sender == REGISTRY and opcode == 0 and text(body[4:]) == 'zwlr_foreign_toplevel_manager_v1':
            send(REGISTRY, 0, body[:-4] + struct.pack('=II', 1, MANAGER))
        elif sender == MANAGER and opcode == 0: windows[struct.unpack_from('=I', body)[0]] = ['', '']
        elif sender in windows and opcode < 2: windows[sender][1 - opcode] = text(body)
send(DISPLAY, 1, struct.pack('=I', REGISTRY))
# New ones are numbered without gaps.
for callback in (3, 5, 6): until_done(callback)
for application, title in windows.values(): print(application + '\t' + title)
END
}
windows`;

/** What virt-manager connects to when it starts, as it reads it. */
const settings = `${asKiosk} python3 -c "
from gi.repository import Gio
print(*Gio.Settings(schema='org.virt-manager.virt-manager.connections').get_strv('autoconnect'))"`;

export const kioskSession: Check = {
  id: 'kiosk-session',
  title: 'virt-manager is on the screen',
  proves:
    'The compositor has a window of virt-manager, which is connected to libvirt and has our settings; the display is not blank, a key changes what it shows, and no unit of the session failed.',
  needs: { components: ['kiosk'] },
  async run(context) {
    const { guest } = context;
    await guest.waitFor('a window of virt-manager', `${listWindows} | grep -q 'Virtual Machine Manager'`, 180);
    const windows = lines((await guest.run(listWindows)).stdout);
    const evidence = windows.map((window) => `window: ${window.replace('\t', ', ')}`);

    const { isThere, sockets } = await connectionOf(context, 'kiosk');
    if (!isThere) return failed('virt-manager is not connected to libvirt', [...evidence, ...sockets]);

    const autoconnect = (await guest.run(settings)).stdout.trim();
    if (autoconnect !== 'qemu:///system')
      return failed(`virt-manager connects to ${autoconnect || 'nothing'} by itself`, evidence);

    const units = `${asKiosk} systemctl --user list-units --failed --plain --no-legend`;
    const broken = lines((await guest.run(units)).stdout);
    if (broken.length > 0) return failed(`of the session failed: ${broken[0]?.split(' ')[0]}`, broken);
    return seen(context, {
      // The menu bar's first menu.
      keys: ['alt', 'f'],
      undo: ['esc'],
      what: 'virt-manager, connected',
      picture: 'kiosk-session',
      evidence: [...evidence, ...sockets],
    });
  },
};
