import type { Example } from './example.ts';
import { screenOf } from './kiosk.ts';

const manager = 'virt-manager\tVirtual Machine Manager\n';
const sockets = (client: number) =>
  `842
u_str ESTAB 0 0 /run/libvirt/libvirt-sock 6613 * 6435 users:(("libvirtd",pid=855,fd=23))
u_str ESTAB 0 0 * 6435 * 6613 users:(("python3",pid=${client},fd=17))
`;
const favourites = "['virt-manager.desktop', 'org.gnome.Nautilus.desktop', 'org.gnome.Console.desktop']";
const wellTill = (said: Readonly<Record<string, Example['says'][number][1]>>): Example['says'] => [
  ['CreateUser', said.created ?? ''],
  ['id -un', ''],
  ['GetWindows', said.windows ?? manager],
  ['loginctl', said.person ?? 'live\n'],
  ['ss --no-header', said.sockets ?? sockets(842)],
  ['Gio.Settings', said.settings ?? `${favourites}\n'nothing'\n['qemu:///system']\n`],
  ['--user list-units', said.units ?? ''],
];

export const desktopExamples: readonly Example[] = [
  {
    of: 'desktop-session',
    when: 'somebody is logged in by the image',
    says: wellTill({}),
    screen: [screenOf(40), screenOf(40), screenOf(55)],
    passes: 'virt-manager, connected; a key changed 15.0 % of the screen',
  },
  {
    of: 'desktop-session',
    when: 'an account has to be made',
    says: wellTill({ person: ['', 'lab\n'] }),
    screen: [screenOf(40), screenOf(40), screenOf(55)],
    passes: 'virt-manager, connected; a key changed 15.0 % of the screen',
  },
  {
    of: 'desktop-session',
    when: 'the first key press came too early',
    says: wellTill({ windows: ['', '', '', '', manager] }),
    screen: [screenOf(40), screenOf(40), screenOf(55)],
    passes: 'virt-manager, connected; a key changed 15.0 % of the screen',
  },
  {
    of: 'desktop-session',
    when: 'the first favourite is another program',
    says: wellTill({ windows: 'org.gnome.Nautilus\tHome\n' }),
    screen: [screenOf(40)],
    fails: 'no window of virt-manager',
  },
  {
    of: 'desktop-session',
    when: 'nothing is drawn',
    says: wellTill({}),
    screen: [screenOf(0)],
    fails: 'the screen stays one colour',
  },
  {
    of: 'desktop-session',
    when: 'another program asks libvirt',
    says: wellTill({ sockets: sockets(901) }),
    screen: [screenOf(40)],
    fails: 'virt-manager is not connected to libvirt',
  },
  {
    of: 'desktop-session',
    when: 'our favourites are not in effect',
    says: wellTill({ settings: "['org.gnome.Epiphany.desktop']\n'nothing'\n['qemu:///system']\n" }),
    screen: [screenOf(40)],
    fails: "org.gnome.shell favorite-apps: ['org.gnome.Epiphany.desktop']",
  },
  {
    of: 'desktop-session',
    when: 'a unit of the session failed',
    says: wellTill({ units: 'dconf.service loaded failed failed User preferences database\n' }),
    screen: [screenOf(40)],
    fails: 'of the session failed: dconf.service',
  },
];
