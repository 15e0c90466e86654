import type { Picture } from '../../../scripts/lab/index.ts';
import type { Example } from './example.ts';

const manager = 'virt-manager\tVirtual Machine Manager\n';
const sockets = (client: number) =>
  `842
u_str ESTAB 0 0 /run/libvirt/libvirt-sock 6613 * 6435 users:(("libvirtd",pid=855,fd=23))
u_str ESTAB 0 0 * 6435 * 6613 users:(("python3",pid=${client},fd=17))
u_str ESTAB 0 0 * 7001 * 7002 users:(("python3",pid=842,fd=5))
`;
const wellTill = (said: Readonly<Record<string, Example['says'][number][1]>>): Example['says'] => [
  ['zwlr_foreign_toplevel_manager_v1', said.windows ?? manager],
  ['ss --no-header', said.sockets ?? sockets(842)],
  ['Gio.Settings', said.settings ?? 'qemu:///system\n'],
  ['--user list-units', said.units ?? ''],
];

/** Ten by ten pixels, of which the first so many are white. */
export function screenOf(white: number): Picture {
  const rgb = Buffer.alloc(300);
  rgb.fill(0xff, 0, white * 3);
  return { width: 10, height: 10, rgb };
}

export const kioskExamples: readonly Example[] = [
  {
    of: 'kiosk-session',
    when: 'a menu opens at the second look',
    says: wellTill({}),
    screen: [screenOf(40), screenOf(40), screenOf(55)],
    passes: 'virt-manager, connected; a key changed 15.0 % of the screen',
  },
  {
    of: 'kiosk-session',
    when: 'only the clock goes on',
    says: wellTill({}),
    screen: [screenOf(40), screenOf(41)],
    fails: 'a key changed nothing on the screen in 0.4 s',
  },
  {
    of: 'kiosk-session',
    when: 'the screen is black',
    says: wellTill({}),
    screen: [screenOf(0)],
    fails: '100.0 % of the screen are one colour',
  },
  {
    of: 'kiosk-session',
    when: 'another program asks libvirt',
    says: wellTill({ sockets: sockets(901) }),
    fails: 'virt-manager is not connected to libvirt',
  },
  {
    of: 'kiosk-session',
    when: 'our settings were not compiled',
    says: wellTill({ settings: '\n' }),
    fails: 'virt-manager connects to nothing by itself',
  },
  {
    of: 'kiosk-session',
    when: 'a unit of the session failed',
    says: wellTill({ units: 'dconf.service loaded failed failed User preferences database\n' }),
    fails: 'of the session failed: dconf.service',
  },
];
