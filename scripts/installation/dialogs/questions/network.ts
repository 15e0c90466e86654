import { isIPv4, prefixLength } from '../../../configure/index.ts';
import type { Around, NetworkChoice } from '../choices.ts';
import { answer, back, type Reply, type Screen } from '../screen.ts';
import type { Question } from '../walk.ts';

/** DHCP, or a fixed address of one card. */
export const network: Question = (draft, screen, around) => {
  const cards = wiredCards(around);
  // Elsewhere the cards are not the host's own: a bridge or another program has them.
  const mayBeFixed =
    cards.length > 0 &&
    !around.medium.components.includes('network-bridge') &&
    !around.tree.packages.has('network-manager');
  if (!mayBeFixed) return { kind: 'skipped', value: { ...draft, network: { kind: 'dhcp' } } };
  const words = screen.words.network;
  for (;;) {
    const kind = screen.menu(
      words.title,
      words.text,
      [
        ['dhcp', words.dhcp],
        ['static', words.fixed],
      ],
      { initial: draft.network?.kind ?? 'dhcp' },
    );
    if (kind.kind !== 'answer') return kind;
    if (kind.value === 'dhcp') return answer({ ...draft, network: { kind: 'dhcp' } });
    const fixed = fixedAddress(draft.network, cards, screen);
    if (fixed.kind === 'stop') return fixed;
    if (fixed.kind === 'answer') return answer({ ...draft, network: fixed.value });
  }
};

/** Cards of Ethernet that are there as hardware. */
function wiredCards({ machine }: Around): readonly string[] {
  const { stdout } = machine.run(['find', '/sys/class/net', '-mindepth', '1', '-maxdepth', '1', '-printf', '%f\n']);
  return stdout
    .split('\n')
    .filter((name) => name !== '' && machine.exists(`/sys/class/net/${name}/device`))
    .filter((name) => !machine.exists(`/sys/class/net/${name}/wireless`))
    .sort();
}

function fixedAddress(
  known: NetworkChoice | undefined,
  cards: readonly string[],
  screen: Screen,
): Reply<NetworkChoice> {
  const words = screen.words.network;
  const before = known?.kind === 'static' ? known : undefined;
  const [only = ''] = cards;
  const card =
    cards.length === 1
      ? answer(only)
      : screen.menu(
          words.title,
          words.card,
          cards.map((name) => [name, ''] as const),
          {
            shown: true,
            ...(before && { initial: before.device }),
          },
        );
  if (card.kind !== 'answer') return card;
  const first = before && `${before.address}/${prefixLength(before.netmask)}`;
  const address = typed(screen, words.address(card.value), first, (text) =>
    addressAndMask(text) === undefined ? words.addressWrong : undefined,
  );
  if (address.kind !== 'answer') return address;
  const parts = addressAndMask(address.value);
  if (parts === undefined) return back;
  const gateway = typed(screen, words.gateway, before?.gateway, (text) =>
    text === '' || isIPv4(text) ? undefined : words.gatewayWrong,
  );
  if (gateway.kind !== 'answer') return gateway;
  const servers = typed(screen, words.servers, before?.nameServers.join(' '), (text) =>
    wordsOf(text).every(isIPv4) ? undefined : words.serversWrong,
  );
  if (servers.kind !== 'answer') return servers;
  return answer({
    kind: 'static',
    device: card.value,
    ...parts,
    gateway: gateway.value,
    nameServers: wordsOf(servers.value),
  });
}

function typed(
  screen: Screen,
  text: string,
  initial: string | undefined,
  problem: (text: string) => string | undefined,
): Reply<string> {
  for (let shown = initial ?? '', trouble = ''; ; ) {
    const line = screen.line(screen.words.network.title, `${trouble}${text}`, shown);
    if (line.kind !== 'answer') return line;
    shown = line.value.trim();
    const wrong = problem(shown);
    if (wrong === undefined) return answer(shown);
    trouble = `${wrong}\n\n`;
  }
}

const wordsOf = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

/** `192.0.2.10/24` → the address, and 255.255.255.0 */
function addressAndMask(text: string): { readonly address: string; readonly netmask: string } | undefined {
  const [, address = '', digits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const length = Number(digits);
  if (!isIPv4(address) || digits === '' || length < 1 || length > 32) return undefined;
  const octets = [0, 8, 16, 24].map((bits) => 256 - 2 ** (8 - Math.min(8, Math.max(0, length - bits))));
  return { address, netmask: octets.join('.') };
}
