import type { CheckContext } from './check.ts';
import { lines } from './on-screen.ts';

/** Which process of the user virt-manager is, and each end of a local socket that it or libvirt holds. */
const connections = (user: string): string => `pid=$(pgrep -o -u ${user} -f /usr/bin/virt-manager) && echo "$pid" &&
  ss --no-header --unix --processes | grep -e /run/libvirt/ -e "pid=$pid,"`;

/** Whether the virt-manager of that user holds the other end of a socket of libvirt's, and by what that is known. */
export async function connectionOf(
  { guest }: CheckContext,
  user: string,
): Promise<{ readonly isThere: boolean; readonly sockets: readonly string[] }> {
  const [pid = '', ...sockets] = lines((await guest.run(connections(user), { allowFailure: true })).stdout);
  const rows = sockets.map((line) => line.trim().split(/\s+/));
  // NETID STATE RECV SEND LOCAL INODE PEER PEER-INODE PROCESSES
  const ofLibvirt = rows.filter(([, , , , local = '']) => /^\/run\/libvirt\/\S*-sock$/.test(local));
  const held = new Set(rows.filter((row) => row.at(-1)?.includes(`pid=${pid},`)).map(([, , , , , inode]) => inode));
  return { isThere: ofLibvirt.some(([, , , , , , , peer]) => held.has(peer)), sockets };
}
