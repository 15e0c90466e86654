import { describe, expect, test } from 'vitest';
import { answersAt, changed, firewallWith, goodServer } from './machine.ts';

test('bridges of the host have a card with a cable, or it is said where one is', () => {
  const card = (name: string, carrier: string, more: Readonly<Record<string, string>> = {}) => ({
    [`sys/class/net/${name}/device/`]: '',
    [`sys/class/net/${name}/carrier`]: `${carrier}\n`,
    ...more,
  });
  const bridge = { 'usr/lib/systemd/network/20-phyllome-bridge.netdev': '[NetDev]\nName=br0\nKind=bridge\n' };
  const port = { 'sys/class/net/br0/brif/eno1/': '', 'sys/class/net/eno1/brport/': '' };
  const at = (files: Readonly<Record<string, string>>) => answersAt(changed(goodServer, { files })).of('bridges');
  expect(at(card('eno1', '1'))).toBe('not asked');
  expect(at({ ...bridge, ...port, ...card('eno1', '1') })).toMatch(/^ok/);
  expect(at({ ...bridge, ...port, ...card('eno1', '0'), ...card('eno2', '1') })).toMatch(
    /^warn: no cable on br0 \(eno1\), and one in eno2 > .*`cards`/,
  );
  expect(at({ ...bridge, 'sys/class/net/br0/brif/vnet0/': '', ...card('eno2', '1') })).toMatch(
    /^warn: no card is a port of br0/,
  );
});

describe('a fixed address', () => {
  const cards = (...names: readonly string[]) =>
    Object.fromEntries(['lo', ...names].map((name) => [`sys/class/net/${name}/`, '']));
  const given = (card: string) => ({
    'usr/lib/systemd/network/80-phyllome-static.network': `# one card\n[Match]\nName=${card}\n\n[Network]\nAddress=192.0.2.10/24\nAddress=2001:db8::10/64\n`,
  });
  const at = (files: Readonly<Record<string, string>>) => answersAt(changed(goodServer, { files })).of('address');

  test('is asked for where there is one', () => {
    expect(at(cards('eno1'))).toBe('not asked');
  });

  test.each([
    ['eno1', ['eno1', 'eno2'], 'ok: eno1 has 192.0.2.10/24'],
    ['en*', ['eno1', 'wlan0'], 'ok: eno1 has 192.0.2.10/24'],
    [
      'en*',
      ['eno1', 'eno2', 'wlan0'],
      'fail: en* fits eno1, eno2: each has 192.0.2.10/24, and one address on two cards does not work > name one of them in the option `card` of the component network',
    ],
    [
      'enp?s0',
      ['eno1', 'wlan0'],
      'fail: no card is called enp?s0, which is to have 192.0.2.10/24; there are: eno1, wlan0 > name one of them in the option `card` of the component network',
    ],
    // What is on a card is called like it, and would have its address.
    ['eno1*', ['eno1', 'eno1.20'], /^fail: eno1\* fits eno1, eno1\.20: each has/],
    ['*', ['eno1'], /^fail: \* fits eno1, lo: each has/],
  ])('on %s of a host with %j', (card, there, answer) => {
    const said = at({ ...given(card), ...cards(...there) });
    if (typeof answer === 'string') expect(said).toBe(answer);
    else expect(said).toMatch(answer);
  });
});

describe('the firewall', () => {
  const network = (name: string, mode: string, bridge: string) => ({
    [`run/libvirt/network/${name}.xml`]: `<networkstatus>\n<network>\n<forward dev='eth0' mode='${mode}'/>\n<bridge name='${bridge}' stp='on'/>\n`,
  });
  const firewall = (machine: Parameters<typeof changed>[1]) => answersAt(changed(goodServer, machine)).of('firewall');

  test('knows every network that runs, whatever its bridge is called', () => {
    expect(firewall({ files: network('lab', 'route', 'lab0') })).toBe(
      'ok: it lets in SSH, and what guests ask their networks',
    );
    // libvirt answers nobody on these.
    expect(firewall({ files: network('bridged', 'bridge', 'br0') })).toMatch(/^ok/);
  });

  test('a network that it does not know is named, and one that only it cannot be reached from outside', () => {
    const files = { ...network('lab', 'nat', 'lab1'), ...network('out', 'route', 'virbr0') };
    expect(firewall({ files })).toBe(
      'fail: the firewall does not know networks that run, and shuts their guests out: lab (lab1), out (virbr0, from outside) > phyllome-guest-networks; and systemctl status phyllome-guest-networks.path',
    );
  });

  test('what listens and is reached by nobody is named once', () => {
    const listening = (more: string) => ({
      'proc/net/tcp': `   0: 00000000:2382 00000000:0000 0A\n   1: 00000000:0016 00000000:0000 0A\n${more}`,
      'proc/net/tcp6':
        '   0: 00000000000000000000000000000000:2382 x 0A\n   1: 00000000000000000000000001000000:1F90 x 0A\n',
    });
    expect(firewall({ files: listening('') })).toMatch(/^ok: .*reached by nobody: 9090$/);
    const opened = firewallWith(['virbr0'], [], '\t\ttcp dport 9090 accept\n');
    expect(firewall({ files: listening(''), programs: { nft: opened } })).not.toContain('9090');
  });

  test('that is not loaded lets everybody in', () => {
    expect(firewall({ programs: { nft: 'exit 1' } })).toMatch(/^warn: the firewall is not loaded/);
  });
});
