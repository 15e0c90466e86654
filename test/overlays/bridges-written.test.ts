import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scratchDirectory } from '../commands/recording-context.ts';
import { checkout } from '../render/shipped.ts';
import { headlessWith } from './headless-with.ts';

const networkFolder = 'usr/lib/systemd/network';

/** What the component's own script writes for these options, by file; sections and values as networkd reads them. */
function written(options: object, network: object = {}) {
  const flavour = headlessWith({ components: ['network-bridge'], options: { 'network-bridge': options, network } });
  const script = flavour.post.find(({ by }) => by === 'network-bridge')?.text ?? '';
  const root = scratchDirectory();
  const { status, stderr } = spawnSync('sh', ['-euc', script], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', PHYLLOME_ROOT: root },
  });
  expect([status, stderr]).toEqual([0, '']);
  const files = (folder: string) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return entry.isFile()
        ? [[path.relative(path.join(root, folder), file), lines(readFileSync(file, 'utf8'))] as const]
        : [];
    });
  return {
    /** By the name that the file is for: `eno1`, `br0.netdev`. */
    network: new Map(files(networkFolder)),
    /** The port files by what they match. */
    ports: Object.fromEntries(
      files(networkFolder)
        .filter(([name]) => /port\d+\.network$/.test(name))
        .map(([, text]) => [/Name=(\S+)/.exec(text)?.[1], text]),
    ),
    libvirt: Object.fromEntries(files('etc/libvirt/qemu/networks')),
  };
}

/** One line, sections and values apart by a blank. */
const lines = (text: string): string => text.split('\n').filter(Boolean).join(' ');

const wired = 'Type=ether Kind=!*';

test('without a word no card is named, and the bridge speaks to no switch', () => {
  const { network, ports, libvirt } = written({});
  expect(ports).toEqual({});
  expect(network.get('20-phyllome-bridge.netdev.d/50-phyllome.conf')).toBe('[Bridge] STP=no');
  expect(libvirt).toEqual({});
});

test('guests on one card, the host on the others', () => {
  const { ports } = written({ cards: ['eno2'], hostOn: 'cards' });
  expect(ports).toEqual({
    eno2: `[Match] Name=eno2 ${wired} [Link] RequiredForOnline=no [Network] Bridge=br0 LinkLocalAddressing=no`,
  });
});

test('what is tagged goes to other bridges, and each has a network of libvirt', () => {
  const { network, ports, libvirt } = written({ cards: ['eno1'], bridges: ['dmz=eno1.20', 'lab=eno2'], hostOn: 'dmz' });
  expect(ports).toEqual({
    eno1: `[Match] Name=eno1 ${wired} [Link] RequiredForOnline=no [Network] Bridge=br0 VLAN=v20.0 LinkLocalAddressing=no`,
    eno2: `[Match] Name=eno2 ${wired} [Link] RequiredForOnline=no [Network] Bridge=lab LinkLocalAddressing=no`,
  });
  expect(network.get('20-phyllome-v20.0.netdev')).toBe('[NetDev] Name=v20.0 Kind=vlan [VLAN] Id=20');
  expect(network.get('20-phyllome-v20.0.network')).toContain('[Network] Bridge=dmz');
  expect(network.get('20-phyllome-dmz.netdev')).toBe('[NetDev] Name=dmz Kind=bridge MACAddress=none [Bridge] STP=no');
  expect(network.get('20-phyllome-dmz.network')).toContain('[Network] DHCP=yes LLMNR=no');
  expect(network.get('20-phyllome-lab.network')).toContain('[Network] LinkLocalAddressing=no IPv6AcceptRA=no');
  expect(Object.keys(libvirt)).toEqual(['dmz.xml', 'lab.xml']);
  expect(libvirt['dmz.xml']).toMatch(
    /^<network> {3}<name>dmz<\/name> {3}<uuid>[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}<\/uuid> {3}<forward mode='bridge'\/> {3}<bridge name='dmz'\/> <\/network>$/,
  );
});

test('the host keeps what comes without a tag, and its fixed address, where guests have a VLAN of the same card', () => {
  const asked = { cards: ['eno1.20'], hostOn: 'cards' };
  expect(written(asked).ports.eno1).toContain('[Network] VLAN=v20.0 DHCP=yes');
  const address = { address: '192.0.2.10/24', card: 'eno1', gateway: '192.0.2.1', address6: '2001:db8::10/64' };
  expect(written(asked, address).ports.eno1).toContain(
    '[Network] VLAN=v20.0 Address=192.0.2.10/24 Gateway=192.0.2.1 Address=2001:db8::10/64 LLMNR=no',
  );
  // Elsewhere nobody needs it.
  expect(written({ cards: ['eno1.20'] }).ports.eno1).toContain('[Network] VLAN=v20.0 LinkLocalAddressing=no');
});

test('a bond of two cards carries both networks', () => {
  const { network, ports } = written({
    cards: ['bond0'],
    bridges: ['dmz=bond0.20'],
    bonds: ['bond0=eno1,eno2'],
    bondMode: '802.3ad',
    mtu: 9000,
  });
  expect(network.get('20-phyllome-bond0.netdev')).toBe(
    '[NetDev] Name=bond0 Kind=bond MACAddress=none MTUBytes=9000 [Bond] Mode=802.3ad MIIMonitorSec=100ms TransmitHashPolicy=layer3+4 LACPTransmitRate=fast',
  );
  expect(ports.eno1).toBe(
    `[Match] Name=eno1 ${wired} [Link] RequiredForOnline=no MTUBytes=9000 [Network] Bond=bond0 LinkLocalAddressing=no`,
  );
  expect(ports.bond0).toBe(
    '[Match] Name=bond0 [Link] RequiredForOnline=no MTUBytes=9000 [Network] Bridge=br0 VLAN=v20.0 LinkLocalAddressing=no',
  );
  expect(network.get('20-phyllome-bridge.netdev.d/50-phyllome.conf')).toBe('[NetDev] MTUBytes=9000 [Bridge] STP=no');
});

test.each([
  [{ cards: ['eno1', 'eno2'] }, 'STP=yes'],
  [{ cards: ['enp*'] }, 'STP=yes'],
  [{ cards: ['eno1'] }, 'STP=no'],
  [{ cards: ['eno1'], spanningTree: 'on' }, 'STP=yes'],
])('%o: %s', (options, wanted) => {
  expect(written(options).network.get('20-phyllome-bridge.netdev.d/50-phyllome.conf')).toContain(wanted);
});

test('an IPv6 address stands beside the other, or beside DHCP', () => {
  const bridgeOf = (options: object) => {
    const { files } = headlessWith({ components: ['network-bridge'], options: { 'network-bridge': options } });
    const file = files.find((one) => one.path.endsWith('/20-phyllome-bridge.network'));
    return file && 'text' in file.content ? lines(file.content.text) : '';
  };
  expect(bridgeOf({ address: '192.0.2.10/24', address6: '2001:db8::10/64', gateway6: 'fe80::1' })).toContain(
    '[Network] Address=192.0.2.10/24 Address=2001:db8::10/64 Gateway=fe80::1 LLMNR=no',
  );
  expect(bridgeOf({ address6: '2001:db8::10/64' })).toContain('[Network] DHCP=ipv4 Address=2001:db8::10/64 LLMNR=no');
  expect(bridgeOf({ cards: ['eno2'], hostOn: 'cards' })).toContain('LinkLocalAddressing=no IPv6AcceptRA=no LLMNR=no');
});

test('by itself one wired card joins: the first by name, and one by USB only where there is no other', () => {
  const root = scratchDirectory();
  mkdirSync(path.join(root, 'usr/lib/phyllome'), { recursive: true });
  writeFileSync(path.join(root, 'usr/lib/phyllome/bridge-port.network'), '[Network]\nBridge=br0\n');
  const card = (name: string, device: string, more: Readonly<Record<string, string>> = {}) => {
    const place = path.join(root, 'sys/class/net', name);
    mkdirSync(place, { recursive: true });
    if (device !== '') {
      mkdirSync(path.join(root, 'sys/devices', device), { recursive: true });
      symlinkSync(path.join('../../../devices', device), path.join(place, 'device'));
    }
    for (const [file, text] of Object.entries({ type: '1\n', ...more })) writeFileSync(path.join(place, file), text);
  };
  const choose = () => {
    const program = path.join(checkout, 'overlays/network-bridge/rootfs/usr/libexec/phyllome-bridge-port');
    const { status, stdout, stderr } = spawnSync('sh', [program], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', PHYLLOME_ROOT: root },
    });
    expect(status).toBe(0);
    return stdout + stderr;
  };
  card('lo', '', { type: '772\n' });
  card('virbr0', '');
  card('wlp1s0', 'pci0000:00/0000:00:03.0', { wireless: '' });
  expect(choose()).toBe('there is no wired card\n');
  card('enp0s20f0u1', 'pci0000:00/0000:00:14.0/usb1/1-1');
  expect(choose()).toBe('enp0s20f0u1 is the port of br0\n');
  card('enp10s0', 'pci0000:00/0000:0a:00.0');
  card('enp9s0', 'pci0000:00/0000:09:00.0');
  expect(choose()).toBe('enp9s0 is the port of br0\n');
  expect(readFileSync(path.join(root, 'run/systemd/network/20-phyllome-bridge-port.network'), 'utf8')).toBe(
    '[Match]\nName=enp9s0\n\n[Network]\nBridge=br0\n',
  );
});
