import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';
import { headlessWith } from './headless-with.ts';

const rootfs = path.join(checkout, 'overlays/firewall/rootfs');

/** What the program has nft do, one call a line, with these notes of libvirt's. */
function nftAsked(notes: Readonly<Record<string, string>>, args: readonly string[] = [], nft = '') {
  const place = scratchDirectory();
  const [bin, networks] = ['bin', 'networks'].map((name) => path.join(place, name));
  if (bin === undefined || networks === undefined) throw new Error('two names, two paths');
  for (const made of [bin, networks]) mkdirSync(made);
  const program = (name: string, script: string) => {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, name), 0o755);
  };
  program('nft', `printf '%s\\n' "$*"\n${nft}`);
  // Nobody waits in a test.
  program('sleep', '');
  for (const [name, text] of Object.entries(notes)) writeFileSync(path.join(networks, name), text);
  return spawnSync('/bin/sh', [path.join(rootfs, 'usr/bin/phyllome-guest-networks'), ...args], {
    encoding: 'utf8',
    env: { PATH: `${bin}:/usr/bin:/bin`, PHYLLOME_NETWORKS: networks },
  });
}

const none = 'flush set inet phyllome guest_bridges;flush set inet phyllome open_bridges;';
const add = (set: string, bridge: string) => `add element inet phyllome ${set} { "${bridge}" };`;

/** As libvirt 11 notes it. */
const network = (bridge: string, forward = '') => `<networkstatus>
  <class_id bitmap='0-2'/>
  <floor sum='0'/>
  <network connections='1'>
    <name>mine</name>
    <uuid>6c0e2b0e-1c2a-4d1f-9d55-0d1f2a3b4c5d</uuid>
    ${forward}
    <bridge name='${bridge}' stp='on' delay='0'/>
    <mac address='52:54:00:00:00:01'/>
  </network>
</networkstatus>
`;

test.each([
  ['isolated', '', ['guest_bridges']],
  ['NAT', "<forward mode='nat'>\n      <nat><port start='1024' end='65535'/></nat>\n    </forward>", ['guest_bridges']],
  ['routed over one card', "<forward dev='eth0' mode='route'/>", ['guest_bridges', 'open_bridges']],
  ['open', '<forward mode="open"/>', ['guest_bridges', 'open_bridges']],
  ['of a bridge of the host', "<forward mode='bridge'/>", []],
  ['of virtual functions', "<forward mode='hostdev' managed='yes'>", []],
])('a network that is %s is let in as far as libvirt serves it', (_, forward, sets) => {
  const { status, stdout, stderr } = nftAsked({ 'mine.xml': network('lab0', forward) });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`${none}${sets.map((set) => add(set, 'lab0')).join('')}\n`);
});

test('the sets are filled in one step with all networks that run, and emptied when none does', () => {
  const notes = {
    'default.xml': network('virbr0', "<forward mode='nat'/>"),
    'out.xml': network('virbr1', "<forward mode='route'/>"),
    'default.pid': '12\n',
  };
  expect(nftAsked(notes).stdout).toBe(
    `${none}${add('guest_bridges', 'virbr0')}${add('guest_bridges', 'virbr1')}${add('open_bridges', 'virbr1')}\n`,
  );
  expect(nftAsked({}).stdout).toBe(`${none}\n`);
});

test('what changes while it works is told as well', () => {
  const late = `[ -e "$PHYLLOME_NETWORKS/late.xml" ] || echo "<bridge name='late0'/>" > "$PHYLLOME_NETWORKS/late.xml"`;
  const { status, stdout } = nftAsked({ 'mine.xml': network('lab0') }, ['--until-quiet'], late);
  expect(status).toBe(0);
  expect(stdout).toBe(
    `${none}${add('guest_bridges', 'lab0')}\n${none}${add('guest_bridges', 'late0')}${add('guest_bridges', 'lab0')}\n`,
  );
});

test('what is no name of a bridge never becomes a rule', () => {
  const strange = nftAsked({ 'mine.xml': network('a&quot; }; flush ruleset; #') });
  expect([strange.status, strange.stdout]).toEqual([0, `${none}\n`]);
  expect(strange.stderr).toContain('cannot be named in a rule');
  expect(nftAsked({}, ['start']).status).toBe(2);
});

test('without a firewall there is nothing to tell, and with one its words are heard', () => {
  const notes = { 'mine.xml': network('lab0') };
  expect(nftAsked(notes, [], 'exit 1')).toMatchObject({ status: 0, stderr: '' });
  const refuses = nftAsked(notes, [], 'case "$1" in list) ;; *) echo "Error: no" >&2; exit 1 ;; esac');
  expect(refuses).toMatchObject({ status: 1, stderr: 'Error: no\n' });
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
