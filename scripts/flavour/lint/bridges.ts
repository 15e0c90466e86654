import { closest, type Diagnostic } from '../../diagnostic/index.ts';
import type { ResolvedFlavour } from '../model.ts';
import type { FlavourRule } from './rule.ts';

/** The component whose options these are; their grammar is in its patterns, what they mean together is here. */
const COMPONENT = 'network-bridge';

/** Names of libvirt's networks that there are already. */
const TAKEN_NETWORKS = ['default', 'bridged'];

const SMALLEST_MTU = 1280;

interface Group {
  readonly name: string;
  readonly ports: readonly string[];
  readonly kind: 'bridge' | 'bond';
  readonly option: string;
}

/** Bridges, bonds and VLANs that are well-formed one by one and cannot work together. */
export const bridges: FlavourRule = (flavour) => {
  const options = flavour.options.filter(({ component }) => component === COMPONENT);
  const option = (name: string) => options.find((one) => one.name === name);
  const list = (name: string): readonly string[] => [option(name)?.value ?? []].flat().map(String);
  if (options.length === 0) return [];
  const groups = [
    { name: 'br0', ports: list('cards'), kind: 'bridge' as const, option: 'cards' },
    ...(['bridges', 'bonds'] as const).flatMap((name) => list(name).map((entry) => groupOf(name, entry))),
  ];
  const finding = (name: string, code: string, message: string, hint: string): readonly Diagnostic[] => {
    const given = option(name);
    return given ? [{ code, severity: 'error', message, span: given.at, hint }] : [];
  };
  const hostOn = String(option('hostOn')?.value ?? 'br0');
  const mtu = Number(option('mtu')?.value ?? 0);
  const known = [...groups.filter(({ kind }) => kind === 'bridge').map(({ name }) => name), 'cards'];
  return [
    ...groups.flatMap((group) => wrongGroup(group, groups).flatMap((fault) => finding(group.option, ...fault))),
    ...usedTwice(groups).flatMap(([{ option: name }, ...fault]) => finding(name, ...fault)),
    ...loops(groups, String(option('spanningTree')?.value)).flatMap((fault) => finding('spanningTree', ...fault)),
    ...(mtu === 0 || mtu >= SMALLEST_MTU
      ? []
      : finding(
          'mtu',
          'wrong-option',
          `\`mtu\` is ${mtu}: IPv6 needs ${SMALLEST_MTU}`,
          'leave it out, or say 9000 for jumbo frames',
        )),
    ...(known.includes(hostOn)
      ? []
      : finding(
          'hostOn',
          'unknown-bridge',
          `there is no bridge \`${hostOn}\` that could have the host's address`,
          `did you mean \`${closest(hostOn, known) ?? known.join('`, `')}\`?`,
        )),
    ...hostsCard(flavour, groups).flatMap((fault) => finding('cards', ...fault)),
  ];
};

/** Code, message, hint. */
type Fault = readonly [code: string, message: string, hint: string];

function groupOf(option: 'bridges' | 'bonds', entry: string): Group {
  const [name = '', ports = ''] = entry.split('=');
  return { name, ports: ports.split(','), kind: option === 'bridges' ? 'bridge' : 'bond', option };
}

/** A port without its tag, and the tag. */
function portOf(port: string): { readonly base: string; readonly tag?: number } {
  const [, base = port, tag] = /^(.*)\.(\d+)$/.exec(port) ?? [];
  return tag === undefined ? { base } : { base, tag: Number(tag) };
}

function wrongGroup(group: Group, all: readonly Group[]): readonly Fault[] {
  const { name, ports, kind } = group;
  const bonds = all.filter((one) => one.kind === 'bond');
  const again = all.slice(0, all.indexOf(group)).some((one) => one.name === name);
  // A bond is a port of bridges; whatever else is a port is a card, or cannot be one.
  const users = kind === 'bond' ? bonds : all;
  const asPort = users.find((one) => one.ports.some((port) => portOf(port).base === name));
  return [
    ...(again ||
    (kind === 'bridge' && TAKEN_NETWORKS.includes(name)) ||
    /^(?:virbr|vnet|tap)/.test(name) ||
    name === 'cards'
      ? [['name-taken', `\`${name}\` has that name already`, 'give it another name'] as const]
      : []),
    ...(asPort
      ? [['name-taken', `\`${name}\` is a port of \`${asPort.name}\``, 'give it a name that no card has'] as const]
      : []),
    ...ports.flatMap((port): readonly Fault[] => {
      const { base, tag } = portOf(port);
      // The kernel names them so; access points accept one address for each station.
      if (base.startsWith('wl'))
        return [['wrong-port', `\`${port}\` of \`${name}\` is Wi-Fi, which a bridge cannot use`, 'name a wired card']];
      if (port === '' || /[.]/.test(base))
        return [
          ['wrong-port', `\`${port}\` of \`${name}\` is no port`, 'a port is a card, or a card with a VLAN: `eno1.20`'],
        ];
      if (tag === undefined) return [];
      if (tag > 4094)
        return [['wrong-vlan', `there is no VLAN ${tag}: \`${port}\``, 'VLANs are numbered from 1 to 4094']];
      if (/[*?]/.test(base))
        return [
          [
            'wrong-port',
            `\`${port}\`: a VLAN is on one card or bond, not on a pattern`,
            'name the card, or a bond of them',
          ],
        ];
      const bond = bonds.find((one) => one.ports.some((card) => fits(card, base)));
      return bond
        ? [
            [
              'bonded-card',
              `\`${base}\` is a card of \`${bond.name}\`: it has no VLANs of its own`,
              `say \`${bond.name}.${tag}\``,
            ],
          ]
        : [];
    }),
    ...(kind === 'bond' && ports.length === 1 && !/[*?]/.test(ports[0] ?? '')
      ? [['lonely-card', `\`${name}\` is a bond of one card`, 'name at least two, or use the card itself'] as const]
      : []),
    ...(kind === 'bond' && !all.some((one) => one !== group && one.ports.some((port) => portOf(port).base === name))
      ? [
          [
            'idle-bond',
            `nothing uses the bond \`${name}\``,
            `name it in \`cards\` or \`bridges\`: \`cards: [${name}]\``,
          ] as const,
        ]
      : []),
  ];
}

/** What one cable carries without a tag, and each of its VLANs, goes to one place only. */
function usedTwice(groups: readonly Group[]): readonly (readonly [Group, ...Fault])[] {
  const uses = groups.flatMap((group) => group.ports.map((port) => ({ group, port, ...portOf(port) })));
  return uses.flatMap((use, index): readonly (readonly [Group, ...Fault])[] => {
    const earlier = uses
      .slice(0, index)
      .find((other) => other.tag === use.tag && (fits(other.base, use.base) || fits(use.base, other.base)));
    if (!earlier) return [];
    const where = earlier.port === use.port ? `\`${use.port}\`` : `\`${use.port}\` is of \`${earlier.port}\` and`;
    const message = `${where} is a port of \`${earlier.group.name}\` and of \`${use.group.name}\``;
    return [
      [
        use.group,
        'port-twice',
        message,
        'a cable without tags belongs to one of them; another VLAN of it may be of the other',
      ],
    ];
  });
}

/** Two cables into one switch, and nobody who notices. */
function loops(groups: readonly Group[], spanningTree: string): readonly Fault[] {
  if (spanningTree !== 'off') return [];
  return groups
    .filter(({ kind, ports }) => kind === 'bridge' && (ports.length > 1 || ports.some((port) => /[*?]/.test(port))))
    .map(({ name }) => [
      'bridge-loop',
      `\`${name}\` may have several ports, and without the spanning tree two cables into one switch are a loop`,
      'leave `spanningTree` out, name one port, or make a bond of the cards',
    ]);
}

/** The card that has the host's fixed address cannot be a port. */
function hostsCard({ options }: ResolvedFlavour, groups: readonly Group[]): readonly Fault[] {
  const value = (name: string) =>
    String(options.find((one) => one.component === 'network' && one.name === name)?.value ?? '');
  const card = value('card');
  if (value('address') === '' || card === '') return [];
  return groups.flatMap(({ name, ports }) =>
    ports
      .filter((port) => portOf(port).tag === undefined && (fits(port, card) || fits(card, port)))
      .map(
        (port): Fault => [
          'port-twice',
          `\`${port}\` is a port of \`${name}\`, and \`network.card\` gives \`${card}\` the host's address`,
          'a port has no address of its own: name other cards',
        ],
      ),
  );
}

/** Whether a pattern of file names stands for a name, or is it. */
function fits(pattern: string, name: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(name);
}
