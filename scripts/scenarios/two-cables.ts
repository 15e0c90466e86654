import { type Check, failed, passed } from '../checks/index.ts';
import type { Scenario } from './scenario.ts';

/** Each wired card with the bridge that it is a port of, and who has addresses: `card eth0 br0`, `address br0`. */
const look = `for card in /sys/class/net/*; do
  [ -e "$card/device" ] || continue
  master=$(basename "$(readlink -f "$card/master" 2>/dev/null || echo none)")
  [ -e "$card/master" ] || master=none
  echo "card \${card##*/} $master"
done
ip -o -4 address show scope global | while read -r _ name _; do echo "address $name"; done`;

const oneCardJoins: Check = {
  id: 'two-cables',
  title: 'two cables are not joined',
  proves:
    'Of two wired cards with cables one is a port of the bridge br0, and the other stays the host’s own, with an address of its own: their networks do not become one.',
  needs: { components: ['network-bridge'] },
  async run({ guest, scaled }) {
    // DHCP answers some seconds after the bridge is up.
    await guest.waitFor('two addresses', `[ "$(ip -o -4 address show scope global | wc -l)" -ge 2 ]`, scaled(60));
    const { stdout } = await guest.run(look);
    const evidence = stdout.trimEnd().split('\n');
    const cards = evidence.flatMap((line) => (line.startsWith('card ') ? [line.split(' ').slice(1)] : []));
    const ports = cards.filter(([, master]) => master === 'br0').map(([name]) => name);
    if (ports.length !== 1) return failed(`${ports.length} of ${cards.length} cards are ports of br0`, evidence);
    const others = cards.filter(([, master]) => master !== 'br0').map(([name]) => name);
    const without = ['br0', ...others].filter((name) => !evidence.includes(`address ${name}`));
    return without.length === 0
      ? passed(`${ports[0]} is the port, ${others.join(', ')} the host's own`, evidence)
      : failed(`no address: ${without.join(', ')}`, evidence);
  },
};

export const twoCables: Scenario = {
  id: 'two-cables',
  title: 'a host with a bridge has two cables',
  proves: 'By itself a bridge never makes one network of two.',
  topologies: ['two-cards'],
  needs: { components: ['network-bridge'] },
  checks: [oneCardJoins],
};
