import type { Guest } from '../../lab/index.ts';
import type { UnitTimes } from './unit-times.ts';

/** A socket of the guest that waits for somebody. */
export interface ListeningAddress {
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  readonly address: string;
  readonly port: number;
  /** The unit whose process holds it, or that systemd holds it for. Empty when that is not known. */
  readonly unit: string;
}

const script = `for p in tcp tcp6 udp udp6; do [ -r /proc/net/$p ] && sed "s/^/$p /" /proc/net/$p; done
find /proc/[0-9]*/fd -lname 'socket:*' -printf 'fd %p %l\\n' 2>/dev/null
grep -H '^0::' /proc/[0-9]*/cgroup 2>/dev/null | sed 's/^/group /'
true`;

export async function readListening(guest: Guest, units: readonly UnitTimes[]): Promise<ListeningAddress[]> {
  const { stdout } = await guest.run(script, { allowFailure: true });
  return listeningOf(stdout, units);
}

/** Reads lines of /proc/net (`tcp …`), of file descriptors (`fd /proc/1/fd/3 socket:[7]`) and of control groups. */
export function listeningOf(text: string, units: readonly UnitTimes[]): ListeningAddress[] {
  const lines = text.split('\n');
  const groups = new Map(
    lines.flatMap((line) => {
      const match = /^group \/proc\/(\d+)\/cgroup:0::(.*)$/.exec(line);
      return match === null
        ? []
        : [[match[1] ?? '', match[2]?.split('/').findLast((part) => part.includes('.')) ?? '']];
    }),
  );
  const holders = new Map(
    lines.flatMap((line) => {
      const match = /^fd \/proc\/(\d+)\/fd\/\d+ socket:\[(\d+)\]$/.exec(line);
      return match === null ? [] : [[match[2] ?? '', groups.get(match[1] ?? '') ?? '']];
    }),
  );
  return lines.flatMap((line) => {
    const socket = socketOf(line);
    if (socket === undefined) return [];
    const { inode, ...where } = socket;
    const holder = holders.get(inode) ?? '';
    const unit = holder === 'init.scope' ? (activatedBy(where.port, units) ?? holder) : holder;
    return [{ ...where, unit }];
  });
}

/** systemd holds the sockets of units that it starts on demand. */
function activatedBy(port: number, units: readonly UnitTimes[]): string | undefined {
  return units.find(({ listen }) => listen.some((one) => one.startsWith(`${port} `) || one.includes(`:${port} `)))
    ?.name;
}

/** TCP sockets in state 0A listen; UDP has no such state: those in 07 with no peer wait for anybody. */
function socketOf(line: string): (Omit<ListeningAddress, 'unit'> & { inode: string }) | undefined {
  const match =
    /^(tcp6?|udp6?) +\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) \S+ \S+ \S+ +\d+ +\d+ +(\d+)/.exec(
      line,
    );
  if (match === null) return undefined;
  const [, protocol = '', address = '', port = '', , peerPort = '', state = '', inode = ''] = match;
  const listens = protocol.startsWith('tcp') ? state === '0A' : state === '07' && peerPort === '0000';
  if (!listens) return undefined;
  return {
    protocol: protocol as ListeningAddress['protocol'],
    address: addressOf(address),
    port: Number.parseInt(port, 16),
    inode,
  };
}

/** The kernel prints addresses as 32-bit words in the machine's byte order. */
export function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  const numbers = bytes.map((byte) => Number.parseInt(byte, 16));
  if (numbers.length === 4) return numbers.join('.');
  const words = bytes.join('').match(/.{4}/g) ?? [];
  // URLs hold addresses in the form that people write: the longest row of zeroes left out.
  return new URL(`http://[${words.join(':')}]`).hostname.slice(1, -1);
}
