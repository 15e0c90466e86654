import type { Manifest } from '../image/index.ts';
import { type Check, failed, passed } from './check.ts';

/** Ports that may listen to other machines, as `tcp/22`; in manifests that name none ssh's, as ever. */
function allowedPorts({ posture }: Pick<Manifest, 'posture'>): ReadonlySet<string> {
  if (posture === undefined) return new Set(['tcp/22']);
  return new Set(posture.flatMap(({ kind, name }) => (kind === 'port' ? [name] : [])));
}

export const listeningSockets: Check = {
  id: 'listening-sockets',
  title: 'only what is listed listens on TCP and UDP',
  proves:
    'No TCP or UDP socket but those that components list with a reason (`posture:`) listens on an address that other machines can reach (read from /proc/net, not from a tool). Of UDP those count that are connected to nobody; ports out of net.ipv4.ip_local_port_range are told, and pass: the kernel gives them to whoever asks something.',
  core: true,
  async run({ guest, expect }) {
    const allowed = allowedPorts(expect);
    // grep names the file of each line; where there is no IPv6, that of the others is enough.
    const { stdout } = await guest.run(
      'cat /proc/sys/net/ipv4/ip_local_port_range; grep -s -H : /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 || true',
    );
    const [first = 0, last = 0] = stdout.split('\n', 1)[0]?.split(/\s+/).map(Number) ?? [];
    const sockets = stdout.split('\n').flatMap((line) => parseListening(line) ?? []);
    const isOfAsking = ({ protocol, port }: ListeningSocket) => protocol === 'udp' && port >= first && port <= last;
    const reachable = sockets.filter((socket) => !socket.loopback && !isOfAsking(socket));
    const unwanted = [...new Set(reachable.map(nameOf))].filter((name) => !allowed.has(name));
    const evidence = sockets.map(
      (socket) => `${nameOf(socket)}${socket.loopback ? ' (this machine only)' : ''}, user id ${socket.uid}`,
    );
    if (unwanted.length === 0) {
      const listening = [...new Set(reachable.map(nameOf))];
      return passed(listening.length === 0 ? 'nothing listens' : `only ${listening.join(', ')} listens`, evidence);
    }
    const words = unwanted.map((name) => `${name}${KNOWN[name] === undefined ? '' : ` (${KNOWN[name]})`}`);
    return failed(`unexpected: ${words.join(', ')}`, evidence);
  },
};

/** Who it is, where the number does not say it. */
const KNOWN: Readonly<Record<string, string>> = {
  'tcp/5355': 'LLMNR of systemd-resolved',
  'udp/5355': 'LLMNR of systemd-resolved',
  'udp/5353': 'multicast DNS',
};

export interface ListeningSocket {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly loopback: boolean;
  readonly uid: number;
}

const nameOf = ({ protocol, port }: ListeningSocket): string => `${protocol}/${port}`;

/**
 * Reads a line of /proc/net/tcp, tcp6, udp or udp6 behind the name of its file. Undefined unless it is a socket in state 0A, listening, or, of
 * UDP, 07, which is connected to nobody (include/net/tcp_states.h of Linux).
 */
export function parseListening(line: string): ListeningSocket | undefined {
  const match =
    /^\/proc\/net\/(?:(tcp)6?:\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A|(udp)6?:\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) 0+:0000 07) \S+ \S+ \S+ +(\d+)/.exec(
      line,
    );
  if (match === null) return undefined;
  const [, tcp, ofTcp, tcpPort, , ofUdp, udpPort, uid] = match;
  const [address = '', port = '0'] = tcp === undefined ? [ofUdp, udpPort] : [ofTcp, tcpPort];
  // Addresses are printed as words in the machine's byte order: 127.x.x.x ends in 7F, ::1 in 01000000.
  const loopback =
    address.length === 8 ? address.endsWith('7F') : /^(?:0{24}01000000|0{16}FFFF0000.{6}7F)$/.test(address);
  return { protocol: tcp === undefined ? 'udp' : 'tcp', port: Number.parseInt(port, 16), loopback, uid: Number(uid) };
}
