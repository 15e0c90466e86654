import type { Manifest } from '../image/index.ts';
import { type Check, failed, passed } from './check.ts';

/** TCP ports that may listen to other machines; in manifests that name none ssh's, as ever. */
function allowedPorts({ posture }: Pick<Manifest, 'posture'>): ReadonlySet<number> {
  if (posture === undefined) return new Set([22]);
  return new Set(
    posture.flatMap(({ kind, name }) => (kind === 'port' ? [Number(/^tcp\/(\d+)$/.exec(name)?.[1])] : [])),
  );
}

export const listeningSockets: Check = {
  id: 'listening-sockets',
  title: 'only what is listed listens on TCP',
  proves:
    'No TCP socket but those that components list with a reason (`posture:`) listens on an address that other machines can reach (read from /proc/net, not from a tool).',
  core: true,
  async run({ guest, expect }) {
    const allowed = allowedPorts(expect);
    const { stdout } = await guest.run('cat /proc/net/tcp; cat /proc/net/tcp6 2>/dev/null || true');
    const sockets = stdout.split('\n').flatMap((line) => {
      const socket = parseListening(line);
      return socket ? [socket] : [];
    });
    const reachable = sockets.filter((socket) => !socket.loopback);
    const unwanted = reachable.filter((socket) => !allowed.has(socket.port));
    const evidence = sockets.map((s) => `port ${s.port}${s.loopback ? ' (this machine only)' : ''}, user id ${s.uid}`);
    const ports = [...new Set(unwanted.map((socket) => socket.port))];
    return ports.length === 0
      ? passed(reachable.length === 0 ? 'nothing listens' : `only port ${[...allowed].join(', ')} listens`, evidence)
      : failed(
          `unexpected: port ${ports.join(', ')}${ports.includes(5355) ? ' (LLMNR of systemd-resolved)' : ''}`,
          evidence,
        );
  },
};

export interface ListeningSocket {
  readonly port: number;
  readonly loopback: boolean;
  readonly uid: number;
}

/** Reads a line of /proc/net/tcp or tcp6; undefined unless it is a socket in state 0A, listening. */
export function parseListening(line: string): ListeningSocket | undefined {
  const match = /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A \S+ \S+ \S+ +(\d+)/.exec(line);
  if (match === null) return undefined;
  const [, address = '', port = '0', uid = '0'] = match;
  // Addresses are printed as words in the machine's byte order: 127.x.x.x ends in 7F, ::1 in 01000000.
  const loopback =
    address.length === 8 ? address.endsWith('7F') : /^(?:0{24}01000000|0{16}FFFF0000.{6}7F)$/.test(address);
  return { port: Number.parseInt(port, 16), loopback, uid: Number(uid) };
}
