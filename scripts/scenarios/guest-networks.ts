import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

/** What must be so, in the order in which the script asks: `reached` is what it prints. */
const questions = [
  { what: 'an address from the network lab (bridge lab0)', wanted: 'reached' },
  { what: 'names from lab', wanted: 'reached' },
  { what: "this host's SSH from lab", wanted: 'shut' },
  { what: "this host's SSH, on its other address, from lab", wanted: 'shut' },
  { what: 'a machine beyond the host from lab', wanted: 'reached' },
  { what: 'names from the network yard (bridge yard0, routed)', wanted: 'reached' },
  { what: 'a guest on yard from outside', wanted: 'reached' },
  { what: 'a guest on lab from outside', wanted: 'shut' },
  { what: "this host's SSH from outside", wanted: 'reached' },
  { what: 'names from yard after the firewall was restarted', wanted: 'reached' },
] as const;

/**
 * Guests are network namespaces: what counts is the card on the bridge. `discover` asks DHCP as a client does that has no
 * address yet, and waits for an offer.
 */
const script = `set -eu
virsh() { command virsh -q -c qemu:///system "$@"; }
network() { printf "<network><name>%s</name><forward mode='%s'/><bridge name='%s0' delay='0'/><ip address='%s.1' netmask='255.255.255.0'><dhcp><range start='%s.2' end='%s.40'/></dhcp></ip></network>" "$1" "$2" "$1" "$3" "$3" "$3" > /run/$1.xml; virsh net-define /run/$1.xml >&2; virsh net-start $1 >&2; }
tidy() { for ns in lab yard out; do ip netns pids $ns | xargs -r kill; ip netns del $ns; done; for one in lab yard; do virsh net-destroy $one; virsh net-undefine $one; done; } 2>/dev/null
trap 'tidy || true' EXIT
network lab nat 192.168.231
network yard route 192.168.232
wire() { ip netns add $1; ip link add $1-host type veth peer name eth0 netns $1; ip link set $1-host up; ip -n $1 link set lo up; ip -n $1 link set eth0 up; }
for one in lab yard out; do wire $one; done
for one in lab yard; do ip link set $one-host master \${one}0; done
ip address add 192.168.233.1/24 dev out-host
for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do if nft list set inet phyllome open_bridges | grep -q yard0; then break; fi; sleep 2; done
discover='
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"eth0")
s.bind(("", 68)); s.settimeout(10)
mac = bytes.fromhex(open("/sys/class/net/eth0/address").read().strip().replace(":", ""))
ask = bytes([1, 1, 6, 0]) + b"lab!" + bytes([0, 0, 128, 0]) + bytes(16) + mac + bytes(202) + bytes.fromhex("63825363350101ff")
for attempt in range(3):
    s.sendto(ask, ("255.255.255.255", 67))
    try:
        s.recv(1500); raise SystemExit(0)
    except TimeoutError: pass
raise SystemExit(1)'
answer() { if "$@" > /dev/null 2>&1; then echo reached; else echo shut; fi; }
in_lab() { ip netns exec lab "$@"; }; in_yard() { ip netns exec yard "$@"; }; outside() { ip netns exec out "$@"; }
ip -n lab route add default dev eth0
answer in_lab python3 -c "$discover"
ip -n lab route del default
for one in lab:231 yard:232 out:233; do ip -n \${one%:*} address add 192.168.\${one#*:}.50/24 dev eth0; ip -n \${one%:*} route add default via 192.168.\${one#*:}.1; done
listen='
import socket
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("", 8080)); s.listen()
while True: s.accept()[0].close()'
for one in in_lab in_yard outside; do $one python3 -c "$listen" > /dev/null 2>&1 & done
sleep 3
reach='
import socket, sys
socket.create_connection((sys.argv[1], int(sys.argv[2])), 8).close()'
answer in_lab python3 -c "$reach" 192.168.231.1 53
answer in_lab python3 -c "$reach" 192.168.231.1 22
answer in_lab python3 -c "$reach" 192.168.233.1 22
answer in_lab python3 -c "$reach" 192.168.233.50 8080
answer in_yard python3 -c "$reach" 192.168.232.1 53
answer outside python3 -c "$reach" 192.168.232.50 8080
answer outside python3 -c "$reach" 192.168.231.50 8080
answer outside python3 -c "$reach" 192.168.233.1 22
systemctl restart nftables
answer in_yard python3 -c "$reach" 192.168.232.1 53`;

const servedOnAnyBridge: Check = {
  id: 'guest-networks',
  title: 'guests are served on every network, and stay out of the host',
  proves:
    "On networks of libvirt's whose bridges have names of their own, a guest gets an address and names, a routed one is reached from outside and the other not, no guest reaches the host's SSH on any of its addresses, and all of it survives a restart of the firewall.",
  // The client of DHCP is a few lines of Python, which virt-install and virt-manager bring.
  needs: { components: ['firewall', 'libvirt'] },
  changesState: true,
  async run({ guest }) {
    const { status, stdout, stderr } = await guest.run(script, { timeoutSeconds: 300, allowFailure: true });
    const answers = stdout.trimEnd().split('\n');
    const evidence = questions.map(({ what }, index) => `${what}: ${answers[index] ?? 'not asked'}`);
    if (status !== 0) return failed('the networks could not be made', [...evidence, ...stderr.trimEnd().split('\n')]);
    const wrong = questions.flatMap(({ what, wanted }, index) => (answers[index] === wanted ? [] : [what]));
    return wrong.length === 0
      ? passed(`all ${questions.length} answers are right`, evidence)
      : failed(`otherwise than wanted: ${wrong.join('; ')}`, evidence);
  },
};

export const guestNetworks: Scenario = {
  id: 'guest-networks',
  title: 'networks of guests with names of their own',
  proves:
    'The firewall follows what libvirt defines: DHCP, DNS and routed networks on any bridge, and no way to the host.',
  topologies: ['default'],
  needs: { components: ['firewall', 'libvirt'] },
  checks: [servedOnAnyBridge],
};
