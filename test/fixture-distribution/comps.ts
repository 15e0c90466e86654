/** Package groups and environments by names that Fedora's have; what is in them is what the fixture distribution has of it. */
const groups = [
  {
    id: 'core',
    name: 'Core',
    packages: [
      [
        'mandatory',
        'basesystem',
        'bash',
        'coreutils',
        'filesystem',
        'glibc',
        'iproute',
        'iputils',
        'openssh-clients',
        'openssh-server',
        'policycoreutils',
        'procps-ng',
        'rpm',
        'selinux-policy-targeted',
        'setup',
        'shadow-utils',
        'sudo',
        'systemd',
        'util-linux',
      ],
      ['default', 'chrony', 'dnf5', 'systemd-resolved', 'zram-generator'],
      ['optional', 'dracut-config-generic', 'nftables'],
    ],
  },
  {
    id: 'standard',
    name: 'Standard',
    packages: [
      ['mandatory', 'less', 'mdevctl'],
      ['default', 'nmap-ncat'],
    ],
  },
  {
    id: 'virtualization-host-environment-packages',
    name: 'Virtualization host',
    packages: [
      ['mandatory', 'libvirt-client', 'libvirt-daemon-driver-qemu', 'qemu-kvm-core'],
      ['default', 'virt-install'],
    ],
  },
  ...['kvm', 'microsoft', 'vmware'].map((platform) => ({
    id: `platform-${platform}`,
    name: `Guest on ${platform}`,
    packages: [['mandatory', 'hwdata']],
  })),
];

const environments = [
  { id: 'minimal-environment', name: 'Minimal Install', groups: ['core'], options: ['standard'] },
  { id: 'custom-environment', name: 'Fedora Custom Operating System', groups: ['core'], options: ['standard'] },
  {
    id: 'virtualization-host-environment',
    name: 'Virtualization Host',
    groups: ['core', 'standard', 'virtualization-host-environment-packages'],
    options: [],
  },
];

/** comps.xml. */
export function compsFile(): string {
  const list = (name: string, ids: readonly string[]) =>
    `    <${name}>${ids.map((id) => `<groupid>${id}</groupid>`).join('')}</${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE comps PUBLIC "-//Red Hat, Inc.//DTD Comps info//EN" "comps.dtd">',
    '<comps>',
    ...groups.flatMap(({ id, name, packages }) => [
      '  <group>',
      ...describe(id, name),
      '    <default>false</default>',
      '    <uservisible>true</uservisible>',
      '    <packagelist>',
      ...packages.flatMap(([kind, ...names]) =>
        names.map((one) => `      <packagereq type="${kind}">${one}</packagereq>`),
      ),
      '    </packagelist>',
      '  </group>',
    ]),
    ...environments.flatMap((one) => [
      '  <environment>',
      ...describe(one.id, one.name),
      list('grouplist', one.groups),
      list('optionlist', one.options),
      '  </environment>',
    ]),
    '</comps>',
    '',
  ].join('\n');
}

function describe(id: string, name: string): string[] {
  return [`    <id>${id}</id>`, `    <name>${name}</name>`, '    <description>Of the test fixture</description>'];
}

export const namesInComps = groups.flatMap(({ packages }) => packages.flatMap(([, ...names]) => names));

export const groupIds = groups.map(({ id }) => id);
