import { manifestWith } from '../context.ts';
import type { Example } from './example.ts';

const head =
  '32768\t60999\n/proc/net/tcp:  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const socket = (address: string, state = '0A') =>
  `/proc/net/tcp:   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000   991        0 4936 1 0000000069b6910c 100 0 0 10 0\n`;
const socket6 = (address: string) =>
  `/proc/net/tcp6:   0: ${address} 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0\n`;
const mapped = (ipv4: string) => `0000000000000000FFFF0000${ipv4}`;
const kernel = (change: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    'fs/protected_fifos': '1',
    'fs/protected_hardlinks': '1',
    'fs/protected_regular': '2',
    'fs/protected_symlinks': '1',
    'kernel/kptr_restrict': '1',
    'vm/max_map_count': '1048576',
    'net/ipv4/conf/all/accept_redirects': '0',
    'net/ipv4/conf/eth0/accept_redirects': '0',
    'net/ipv6/conf/eth0/accept_redirects': '0',
    'net/ipv4/conf/virbr0/send_redirects': '0',
    'net/ipv4/conf/eth0/accept_source_route': '0',
    'net/ipv4/conf/all/rp_filter': '0',
    'net/ipv4/conf/lo/rp_filter': '0',
    'net/ipv4/conf/eth0/rp_filter': '2',
    ...change,
  })
    .map((entry) => `${entry.join(' ')}\n`)
    .join('');
const disk = { image: { ...manifestWith().image, kind: 'disk' } } as const;

const keys = (power: string, lid = 'ignore', wanted = 'ignore') =>
  `wanted ${wanted}\n${[
    'HandleLidSwitchExternalPower',
    'HandleLidSwitchDocked',
    'HandleSuspendKey',
    'HandleHibernateKey',
    'IdleAction',
  ]
    .map((name) => `${name} s "ignore"\n`)
    .join('')}HandleLidSwitch s "${lid}"\nHandlePowerKey s "${power}"\n`;

const listed = (name: string) => ({
  kind: 'port' as const,
  name,
  is: '',
  reason: 'numbers are fetched from it',
  by: 'exporter',
  file: 'overlays/exporter/component.yaml',
  line: 9,
});

export const securityExamples: readonly Example[] = [
  { of: 'keys-keep-guests', when: 'nothing does', says: [['busctl', keys('ignore')]], passes: 'the power key: ignore' },
  {
    of: 'keys-keep-guests',
    when: 'the machine is a virtual one',
    says: [['busctl', keys('poweroff', 'ignore', 'poweroff')]],
    passes: 'the power key: poweroff',
  },
  {
    of: 'keys-keep-guests',
    when: 'a closed lid suspends, and the power key is what a distribution makes it',
    says: [['busctl', keys('poweroff', 'suspend')]],
    fails: 'HandleLidSwitch is suspend, not ignore; HandlePowerKey is poweroff, not ignore',
  },
  { of: 'no-open-login', when: 'nothing opens one', says: [['agetty', '']], manifest: disk, passes: 'there is no way' },
  {
    of: 'no-open-login',
    when: 'the console logs somebody in',
    says: [['agetty', '/etc/systemd/system/getty@tty1.service.d/a.conf lets somebody in\n']],
    manifest: disk,
    fails: '/etc/systemd/system/getty@tty1.service.d/a.conf lets somebody in',
  },
  {
    of: 'no-open-login',
    when: 'the flavour means it',
    says: [['agetty', '/etc/greetd/config.toml lets somebody in\n']],
    manifest: { ...disk, acknowledged: ['automatic-login'] },
    passes: 'the flavour says that it means it',
  },
  {
    of: 'no-open-login',
    when: 'an account needs no password, which nobody can mean',
    says: [['agetty', '/etc/greetd/config.toml lets somebody in\nkiosk needs no password\n']],
    manifest: { ...disk, acknowledged: ['automatic-login'] },
    fails: 'kiosk needs no password',
  },
  {
    of: 'listening-sockets',
    when: 'ssh, and a resolver on addresses of this machine in every form',
    says: [
      [
        '/proc/net/tcp',
        head +
          socket('00000000:0016') +
          socket('3500007F:0035') +
          socket6('00000000000000000000000001000000:0277') +
          socket6(`${mapped('0100007F')}:1F90`),
      ],
    ],
    passes: 'only tcp/22 listens',
  },
  {
    of: 'listening-sockets',
    when: 'a port that a component lists with a reason',
    manifest: { posture: [listed('tcp/9100')] },
    says: [['/proc/net/tcp', head + socket('00000000:238C')]],
    passes: 'only tcp/9100 listens',
  },
  {
    of: 'listening-sockets',
    when: 'ssh, where no component lists it',
    manifest: { posture: [listed('tcp/9100')] },
    says: [['/proc/net/tcp', head + socket('00000000:0016')]],
    fails: 'unexpected: tcp/22',
  },
  {
    of: 'listening-sockets',
    when: 'a connection and nothing that listens',
    says: [['/proc/net/tcp', head + socket('00000000:1F90', '01')]],
    passes: 'nothing listens',
  },
  {
    of: 'listening-sockets',
    when: 'systemd-resolved answers LLMNR',
    says: [['/proc/net/tcp', head + socket('00000000:14EB')]],
    fails: 'unexpected: tcp/5355 (LLMNR of systemd-resolved)',
  },
  {
    of: 'listening-sockets',
    when: 'an exporter listens by both families, which is told once',
    says: [['/proc/net/tcp', head + socket('00000000:238C') + socket6('00000000000000000000000000000000:238C')]],
    fails: 'unexpected: tcp/9100',
  },
  {
    of: 'listening-sockets',
    when: 'IPv4 through an IPv6 socket is open to all',
    says: [['/proc/net/tcp', head + socket6(`${mapped('0100A8C0')}:1F90`)]],
    fails: 'unexpected: tcp/8080',
  },
  {
    of: 'protection',
    when: 'all is as on a stock installation',
    says: [['/proc/sys', kernel()]],
    passes: '14 values are as they must be',
  },
  {
    of: 'protection',
    when: 'the filter is on for all cards at once, and stricter',
    says: [['/proc/sys', kernel({ 'net/ipv4/conf/all/rp_filter': '1', 'net/ipv4/conf/eth0/rp_filter': '0' })]],
    passes: '14 values are as they must be',
  },
  {
    of: 'protection',
    when: 'the kernel keeps its own defaults',
    says: [
      [
        '/proc/sys',
        kernel({
          'fs/protected_regular': '0',
          'kernel/kptr_restrict': '0',
          'net/ipv4/conf/eth0/rp_filter': '0',
          'net/ipv4/conf/virbr0/send_redirects': '1',
          'net/ipv6/conf/eth0/accept_redirects': '1',
        }),
      ],
    ],
    fails:
      'fs.protected_regular is 0, not 2; kernel.kptr_restrict is 0, not 1 or more; net.ipv6.conf.eth0.accept_redirects is 1, not 0; net.ipv4.conf.virbr0.send_redirects is 1, not 0; net.ipv4.conf.eth0.rp_filter is 0, not 1 or 2',
  },
  {
    of: 'protection',
    when: 'the kernel has no such value',
    says: [['/proc/sys', kernel().replace('vm/max_map_count 1048576\n', '')]],
    fails: 'vm.max_map_count is missing, not 262144 or more',
  },
  {
    of: 'machine-identity',
    when: 'the layer that all share is clean',
    says: [['rootfsbase', 'layer /run/rootfsbase\nmachine-id \n']],
    passes: 'none found in /run/rootfsbase',
  },
  {
    of: 'machine-identity',
    when: 'its machine-id waits for the first boot',
    says: [['rootfsbase', 'layer /run/rootfsbase\nmachine-id uninitialized\n']],
    passes: 'none found in /run/rootfsbase',
  },
  {
    of: 'machine-identity',
    when: 'identity and keys came with the image',
    says: [
      [
        'rootfsbase',
        'layer /run/rootfsbase\nmachine-id bbc139ec11ff4a1aaf6c5e25294547c8\n/run/rootfsbase/etc/ssh/ssh_host_rsa_key\n',
      ],
    ],
    fails: '/etc/machine-id is set in the image; /etc/ssh/ssh_host_rsa_key is in the image',
  },
  {
    of: 'machine-identity',
    when: 'a key alone came with the image',
    says: [['rootfsbase', 'layer /run/rootfsbase\nmachine-id \n/run/rootfsbase/var/lib/systemd/random-seed\n']],
    fails: '/var/lib/systemd/random-seed is in the image',
  },
  {
    of: 'machine-identity',
    when: 'no layer is found',
    says: [['rootfsbase', '\n']],
    fails: 'the read-only layer of the image was not found',
  },
  {
    of: 'machine-identity',
    when: 'a disk whose machine made all of it',
    says: [['-nt /etc/fstab', '']],
    manifest: disk,
    passes: 'all that identifies this machine was made by it',
  },
  {
    of: 'machine-identity',
    when: 'a disk whose host key is as old as the disk',
    says: [['-nt /etc/fstab', '/etc/ssh/ssh_host_rsa_key\n']],
    manifest: disk,
    fails: '/etc/ssh/ssh_host_rsa_key came with the image',
  },
  {
    of: 'no-default-password',
    when: 'all accounts are locked',
    says: [['/etc/shadow', 'root locked\ndaemon locked\n']],
    passes: 'all 2 accounts are locked',
  },
  {
    of: 'no-default-password',
    when: 'one has the password that its flavour gives it',
    says: [['/etc/shadow', 'root locked\nada hash\n']],
    manifest: { accountsWithPassword: ['ada'] },
    passes: 'all 1 accounts but ada are locked',
  },
  {
    of: 'no-default-password',
    when: 'root has a password',
    says: [['/etc/shadow', 'root hash\ndaemon locked\n']],
    fails: 'root has a password',
  },
  {
    of: 'no-default-password',
    when: 'an account needs none, even one that is to have a password',
    says: [['/etc/shadow', 'root locked\nada empty\n']],
    manifest: { accountsWithPassword: ['ada'] },
    fails: 'ada needs no password',
  },
];
