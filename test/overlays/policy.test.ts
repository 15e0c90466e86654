import { describe, expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { directories, resolveShipped, shipped } from '../render/shipped.ts';
import { headlessWith } from './headless-with.ts';

const bases = list('base', directories).map(({ name }) => name);

/** Never in an image: secrets and identities that each machine must make for itself. */
const IDENTITIES = /^\/(?:etc\/(?:machine-id|ssh\/ssh_host_|shadow)|var\/lib\/swtpm-localca\/|root\/\.ssh)/;

/** Gone from current kernels; dracut fails on them, modules-load only complains. */
const GONE_MODULES = /vfio[_-]virqfd|vfio[_-]mdev/;

test.each(bases)('headless on %s bakes no identity and names no module that is gone', (base) => {
  const { files, kernelArguments, links } = resolveShipped('headless', base);
  for (const { path } of [...files, ...links]) expect(path).not.toMatch(IDENTITIES);
  const texts = files.map(({ content }) => ('text' in content ? content.text : ''));
  expect([...texts, ...kernelArguments.map(({ argument }) => argument)].join('\n')).not.toMatch(GONE_MODULES);
});

test.each(bases)('headless on %s starts no daemon of libvirt and none of SSH at boot', (base) => {
  const { units } = resolveShipped('headless', base);
  const enabled = units.filter(({ preset }) => preset === 'enable').map(({ name }) => name);
  expect(enabled.filter((name) => /^(?:libvirtd|virt(?!lockd).*d|sshd?)\.service$/.test(name))).toEqual([]);
  expect(enabled.filter((name) => /-(?:tcp|tls)\.socket$/.test(name))).toEqual([]);
});

test.each(bases)(
  'marked guests of headless on %s start with the host, and users reach a bridge that is there',
  (base) => {
    const unit = 'phyllome-guests-at-boot.service';
    const { units, files } = resolveShipped('headless', base);
    expect(units.find(({ name }) => name === unit)?.preset).toBe('enable');
    const text = (all: typeof files, end: string) => {
      const file = all.find(({ path }) => path.endsWith(end));
      return file && 'text' in file.content ? file.content.text : undefined;
    };
    // Without a marked guest nothing is started: the budget of an idle host stays.
    expect(text(files, `/${unit}`)).toContain('\nConditionDirectoryNotEmpty=/etc/libvirt/qemu/autostart\n');
    expect(text(files, `/${unit}.d/50-session-bridge.conf`)).toBeUndefined();
    const { files: bridged } = headlessWith({ options: { qemu: { sessionBridge: true } } }, base);
    expect(text(bridged, `/${unit}.d/50-session-bridge.conf`)).toContain('[Unit]\nConditionDirectoryNotEmpty=\n');
  },
);

test.each(bases)('the IOMMU arguments of headless on %s reach the boot entry', (base) => {
  const given = resolveShipped('headless', base).kernelArguments.map(({ argument }) => argument);
  expect(given).toEqual(expect.arrayContaining(['intel_iommu=on', 'iommu=pt', 'console=ttyS0,115200']));
  // The kernel takes no such value; AMD's IOMMU is on when the firmware describes it.
  expect(given).not.toContain('amd_iommu=on');
});

/** What a stock installation has by weak dependencies or its own list, and a host must not lose with them. */
const NOT_LOST: Readonly<Record<string, readonly string[]>> = {
  'debian-13': [
    'netbase',
    'iputils-ping',
    'netcat-openbsd',
    'libvirt-daemon-driver-nwfilter',
    'libvirt-daemon-config-nwfilter',
  ],
  'fedora-44': ['iputils', 'nmap-ncat', 'libvirt-daemon-driver-nwfilter', 'libvirt-daemon-config-nwfilter'],
};

test.each(Object.entries(NOT_LOST))(
  'headless on %s has what leaving weak dependencies out would lose',
  (base, wanted) => {
    const { packages, files } = resolveShipped('headless', base);
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining([...wanted]));
    // Debian has the kernel's protective settings in such a package; they are our own, on every base.
    const settings = files.find(({ path }) => path === '/usr/lib/sysctl.d/51-phyllome-protection.conf');
    const text = settings && 'text' in settings.content ? settings.content.text : '';
    for (const line of ['fs.protected_regular = 2', 'fs.protected_fifos = 1', 'net.ipv4.conf.*.rp_filter = 2'])
      expect(text.split('\n')).toContain(line);
  },
);

test.each(bases)('updates on %s that found no network are tried again: nothing there waits for it', (base) => {
  const { files, units } = resolveShipped('headless-updates', base);
  const unit = files.find(({ path }) => path.endsWith('/phyllome-updates.service'));
  const text = unit && 'text' in unit.content ? unit.content.text : '';
  expect(units.find(({ name }) => name === 'systemd-networkd-wait-online.service')?.preset).toBe('disable');
  expect(text).toContain('\nRestart=on-failure\n');
  // A target that nobody starts orders nothing.
  expect(text).not.toContain('network-online.target');
});

test('libvirt objects have fixed UUIDs', () => {
  const { files } = resolveShipped('headless', 'debian-13');
  const objects = files.filter(({ path }) => /^\/etc\/libvirt\/(?:qemu\/networks|storage)\/.*\.xml$/.test(path));
  expect(objects).toHaveLength(3);
  const uuids = objects.map(({ content }) =>
    'text' in content ? /<uuid>([0-9a-f-]{36})<\/uuid>/.exec(content.text)?.[1] : '',
  );
  expect(new Set(uuids).size).toBe(3);
});

test('no budget is larger than what the project promises', () => {
  const budget = (name: string, base = 'debian-13') => resolveShipped(name, base).budgets;
  expect(budget('headless').idleMemoryMiB).toBeLessThanOrEqual(175);
  expect(budget('headless').runningServices).toBeLessThanOrEqual(9);
  expect(budget('headless').imageMiB).toBeLessThanOrEqual(400);
  // Whoever is logged in has a manager of their session.
  expect(budget('live-headless').runningServices).toBe((budget('headless').runningServices ?? 0) + 1);
  expect(budget('virtual-headless').idleMemoryMiB).toBeLessThan(budget('headless').idleMemoryMiB ?? 0);
  expect(budget('kiosk').idleMemoryMiB).toBeLessThanOrEqual(340);
  expect(budget('desktop').idleMemoryMiB).toBeLessThanOrEqual(650);
  for (const base of ['fedora-43', 'fedora-44', 'fedora-45', 'fedora-rawhide']) {
    expect(budget('headless', base).idleMemoryMiB).toBeLessThanOrEqual(200);
  }
});

describe.each(['headless', 'kiosk', 'desktop'])('the editions of %s', (edition) => {
  const componentsOf = (name: string): readonly string[] =>
    resolveShipped(name, 'debian-13').components.map((component) => component.name);
  const firmware = /^(?:cpu-|firmware-|hardware-support$)/;

  test('inside a virtual machine: guest agents, and neither firmware nor the outer network’s addresses', () => {
    const components = componentsOf(`virtual-${edition}`);
    expect(components).toEqual(expect.arrayContaining(['guest-agents', 'nat-network-nested']));
    expect(components).not.toContain('nat-network');
    expect(components.filter((name) => firmware.test(name))).toEqual([]);
  });

  test('on bare metal: microcode for both vendors of processors, and firmware for wired cards', () => {
    const components = componentsOf(`bare-metal-${edition}`);
    expect(components).toEqual(expect.arrayContaining(['cpu-amd', 'cpu-intel', 'firmware-wired', 'nat-network']));
    expect(components).not.toContain('guest-agents');
  });

  test('live: as on bare metal, with a user who is logged in', () => {
    const components = componentsOf(`live-${edition}`);
    expect(components).toEqual(expect.arrayContaining(['cpu-amd', 'cpu-intel', 'firmware-wired', 'live-session']));
    expect(components).not.toContain('first-boot');
  });

  test('as it is: free software only', () => {
    expect(componentsOf(edition).filter((name) => firmware.test(name))).toEqual([]);
  });
});

test.each(bases)('the networks of a host and of a host inside it on %s do not collide', (base) => {
  const addresses = ['headless', 'virtual-headless'].map((name) => {
    const network = resolveShipped(name, base).files.find(({ path }) => path.endsWith('/networks/default.xml'));
    return network && 'text' in network.content ? /<ip address='([0-9.]+)'/.exec(network.content.text)?.[1] : undefined;
  });
  expect(addresses).toEqual(['192.168.122.1', '192.168.124.1']);
});

test.each(shipped)('%s on %s has the accounts that it must have, none with a password', (name, base) => {
  const administrators = base === 'debian-13' ? 'sudo' : 'wheel';
  expect(resolveShipped(name, base).users.map((user) => [user.name, user.groups, user.passwordHash])).toEqual([
    ...(name.endsWith('kiosk') ? [['kiosk', ['libvirt'], undefined]] : []),
    ...(name.startsWith('live-') ? [['live', ['libvirt', administrators], undefined]] : []),
  ]);
});
