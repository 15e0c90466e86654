import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';
import { headlessWith } from './headless-with.ts';

const rootfs = path.join(checkout, 'overlays/firewall/rootfs');

/** What the program has nft do: the network's XML comes as libvirt's hook gives it, notes lie in a directory. */
function nftAsked(operation: string, xml = '', notes: Readonly<Record<string, string>> = {}) {
  const place = scratchDirectory();
  const [bin, networks] = ['bin', 'networks'].map((name) => path.join(place, name));
  if (bin === undefined || networks === undefined) throw new Error('two names, two paths');
  for (const made of [bin, networks]) mkdirSync(made);
  writeFileSync(path.join(bin, 'nft'), '#!/bin/sh\nprintf "%s" "$*"\n');
  chmodSync(path.join(bin, 'nft'), 0o755);
  for (const [name, text] of Object.entries(notes)) writeFileSync(path.join(networks, name), text);
  return spawnSync('/bin/sh', [path.join(rootfs, 'usr/bin/phyllome-guest-networks'), operation], {
    encoding: 'utf8',
    input: xml,
    env: { PATH: `${bin}:/usr/bin:/bin`, PHYLLOME_NETWORKS: networks },
  });
}

const element = (set: string, bridge: string) => `element inet phyllome ${set} { "${bridge}" };`;

/** As libvirt 11 writes it. */
const network = (bridge: string, forward = '') => `<hookData>
  <network connections='1'>
    <name>mine</name>
    <uuid>6c0e2b0e-1c2a-4d1f-9d55-0d1f2a3b4c5d</uuid>
    ${forward}
    <bridge name='${bridge}' stp='on' delay='0'/>
    <mac address='52:54:00:00:00:01'/>
  </network>
</hookData>
`;

test.each([
  ['isolated', '', ['guest_bridges']],
  ['NAT', "<forward mode='nat'>\n      <nat><port start='1024' end='65535'/></nat>\n    </forward>", ['guest_bridges']],
  ['routed over one card', "<forward dev='eth0' mode='route'/>", ['guest_bridges', 'open_bridges']],
  ['open', '<forward mode="open"/>', ['guest_bridges', 'open_bridges']],
  ['of a bridge of the host', "<forward mode='bridge'/>", []],
  ['of virtual functions', "<forward mode='hostdev' managed='yes'>", []],
])('a network that is %s is let in as far as libvirt serves it', (_, forward, sets) => {
  const { status, stdout, stderr } = nftAsked('start', network('lab0', forward));
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toBe(sets.map((set) => `add ${element(set, 'lab0')}`).join(''));
});

test('a network that stopped is forgotten, also where it was never known', () => {
  expect(nftAsked('stopped', network('lab0', "<forward mode='nat'/>")).stdout).toBe(
    ['guest_bridges', 'open_bridges']
      .map((set) => `add ${element(set, 'lab0')}delete ${element(set, 'lab0')}`)
      .join(''),
  );
});

test('all that run are let in anew after a restart of the firewall, from the notes of libvirt', () => {
  const notes = {
    'default.xml': network('virbr0', "<forward mode='nat'/>"),
    'out.xml': network('virbr1', "<forward mode='route'/>"),
    'bridged.xml': network('br0', "<forward mode='bridge'/>"),
    'default.pid': '12\n',
  };
  const add = (set: string, bridge: string) => `add ${element(set, bridge)}`;
  expect(nftAsked('all', '', notes).stdout).toBe(
    `flush set inet phyllome guest_bridges;flush set inet phyllome open_bridges;${add('guest_bridges', 'virbr0')}${add('guest_bridges', 'virbr1')}${add('open_bridges', 'virbr1')}`,
  );
});

test('what is no name of a bridge never becomes a rule, and other words of libvirt do nothing', () => {
  const strange = nftAsked('start', network('a&quot; }; flush ruleset; #'));
  expect([strange.status, strange.stdout]).toEqual([0, '']);
  expect(strange.stderr).toContain('cannot be named in a rule');
  expect(nftAsked('port-created', network('lab0'))).toMatchObject({ status: 0, stdout: '' });
  expect(nftAsked('')).toMatchObject({ status: 0, stdout: '' });
});

test('guests reach SSH of the host only where a flavour says so, and no rule knows the name of a bridge', () => {
  const rulesOf = (options: object) => {
    const file = headlessWith({ options }).files.find((one) => one.path === '/etc/nftables.conf');
    return file && 'text' in file.content ? file.content.text : '';
  };
  const closed = rulesOf({});
  const drop = closed.indexOf('meta mark & 0x01000000 != 0 drop');
  expect(drop).toBeGreaterThan(0);
  expect(drop).toBeLessThan(closed.indexOf('tcp dport 22 accept'));
  expect(closed).not.toMatch(/virbr|br0/);
  expect(rulesOf({ firewall: { sshFromGuests: true } })).not.toContain('0x01000000 != 0 drop');
});
