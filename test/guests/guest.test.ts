import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout } from '../render/shipped.ts';
import { capabilities, GuestHost } from './guest-program.ts';

const templates = readdirSync(path.join(checkout, 'overlays/guests/rootfs/usr/share/phyllome/guests'))
  .map((file) => path.basename(file, '.conf'))
  .sort();

test('the operating systems of the templates are listed with their titles', () => {
  const { stdout, status } = new GuestHost().run(['os']);
  expect(status).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(templates);
  expect(stdout).toMatch(/^windows-11 +Windows 11$/m);
});

test.each(templates)('the domain of %s', async (os) => {
  const host = new GuestHost();
  host.program('virsh', capabilities);
  const xml = host.domain('--os', os, '--drivers', host.file('virtio-win.iso', 'medium'));
  await expect(xml.replaceAll(host.place, '/place')).toMatchFileSnapshot(
    path.join(checkout, 'test/guests/domains', `${os}.xml`),
  );
});

test.runIf(existsSync('/bin/bash'))("Fedora's shell makes the same domain", () => {
  const host = new GuestHost();
  const args = ['new', 'guest', '--os', 'windows-11', '--dry-run'];
  expect(host.run(args, '/bin/bash').stdout).toBe(host.run(args).stdout);
});

describe('what the host cannot do is left out', () => {
  test('enlightenments that this QEMU has not, and SPICE', () => {
    const host = new GuestHost();
    const old = host.domain('--os', 'windows-11');
    expect(old).toContain("<ipi state='on'/>");
    expect(old).not.toMatch(/xmm_input|emsr_bitmap|spice/);
    host.program('virsh', capabilities);
    const current = host.domain('--os', 'windows-11');
    expect(current).toMatch(/<xmm_input state='on'\/>[\s\S]*<graphics type='spice'\/>/);
    expect(current).not.toMatch(/evmcs|avic/);
  });

  test('Windows without its drivers gets hardware that it knows, and is told', () => {
    const host = new GuestHost();
    const { stdout, stderr } = host.run(['new', 'guest', '--os', 'windows-11', '--dry-run']);
    expect(stdout).toMatch(/bus='sata'[\s\S]*<model type='e1000e'\/>/);
    expect(stderr).toContain('--drivers');
    host.file('root/var/lib/libvirt/isos/virtio-win-0.1.271.iso', 'medium');
    const found = host.domain('--os', 'windows-11');
    expect(found).toContain("<source file='/var/lib/libvirt/isos/virtio-win-0.1.271.iso'/>");
    expect(found).toMatch(/<target dev='vda' bus='virtio'\/>/);
  });

  test('emulation has neither enlightenments nor the host’s processor', () => {
    const xml = new GuestHost().domain('--os', 'windows-11', '--emulate');
    expect(xml).toContain("<domain type='qemu'>");
    expect(xml).not.toMatch(/hyperv|host-passthrough/);
  });
});

describe('devices', () => {
  test('a graphics card goes whole, without the bridge beside it', () => {
    const host = new GuestHost();
    host.pciDevice('0000:01:00.0', '0x030000');
    host.pciDevice('0000:01:00.1', '0x040300');
    host.pciDevice('0000:01:00.2', '0x060400');
    host.pciDevice('0000:02:00.0', '0x020000');
    const xml = host.domain('--os', 'linux', '--gpu', '0000:01:00.0', '--pci', '0000:02:00.0');
    expect(xml.match(/<source><address domain=.*?\/>/g)).toEqual([
      "<source><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>",
      "<source><address domain='0x0000' bus='0x01' slot='0x00' function='0x1'/>",
      "<source><address domain='0x0000' bus='0x02' slot='0x00' function='0x0'/>",
    ]);
    expect(xml.match(/multifunction='on'/g)).toHaveLength(1);
    expect(xml).toContain("<memballoon model='none'/>");
  });

  test('what is not there, or cannot be handed over, is refused', () => {
    const host = new GuestHost();
    host.pciDevice('0000:01:00.0', '0x030000', false);
    host.pciDevice('0000:02:00.0', '0x020000');
    const refusal = (...args: string[]) => host.run(['new', 'g', '--os', 'linux', '--dry-run', ...args]);
    expect(refusal('--gpu', '0000:09:00.0')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no such device'),
    });
    expect(refusal('--gpu', '0000:01:00.0').stderr).toContain('in no IOMMU group');
    expect(refusal('--gpu', '0000:02:00.0').stderr).toContain('no graphics card');
    expect(refusal('--gpu', '01:00')).toMatchObject({ status: 2 });
    expect(refusal('--gpu', '09:00.0').stderr).toContain('0000:09:00.0: there is no such device');
  });

  test('USB, input devices and shared directories', () => {
    const host = new GuestHost();
    host.file('root/dev/input/by-id/usb-Cherry-event-kbd', '');
    host.file('root/dev/input/by-id/usb-Mouse-event-mouse', '');
    host.file('shared/a file', '');
    const xml = host.domain(
      '--os',
      'linux',
      '--usb',
      '046d:c52b',
      '--share',
      path.join(host.place, 'shared'),
      '--evdev',
      '/dev/input/by-id/usb-Cherry-event-kbd',
      '--evdev',
      '/dev/input/by-id/usb-Mouse-event-mouse',
    );
    expect(xml).toContain("<vendor id='0x046d'/><product id='0xc52b'/>");
    expect(xml).toContain(
      "<source dev='/dev/input/by-id/usb-Cherry-event-kbd' grab='all' repeat='on' grabToggle='ctrl-ctrl'/>",
    );
    expect(xml).toContain("<source dev='/dev/input/by-id/usb-Mouse-event-mouse' grabToggle='ctrl-ctrl'/>");
    expect(xml).toMatch(/<memoryBacking>\s*<source type='memfd'\/>\s*<access mode='shared'\/>/);
    expect(xml).toMatch(/<source dir='.*shared'\/>\s*<target dir='shared'\/>/);
  });
});

describe('values cannot break out of the XML', () => {
  test.each([`it's`, 'a"b', 'a&b<c>d', `'/><source file='/etc/shadow`])('%s', (name) => {
    const host = new GuestHost();
    const iso = host.file(`isos/${name.replaceAll('/', '_')}`, 'medium');
    const xml = host.domain('--os', 'uefi', '--iso', iso);
    const cdrom = /<disk type='file' device='cdrom'>([\s\S]*?)<\/disk>/.exec(xml)?.[1] ?? '';
    const written = /<source file='([^']*)'\/>/.exec(cdrom)?.[1] ?? '';
    const plain = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' } as const;
    expect(written.replace(/&(lt|gt|quot|apos|amp);/g, (_, entity: keyof typeof plain) => plain[entity])).toBe(iso);
  });

  test('a control character is refused', () => {
    const host = new GuestHost();
    expect(host.run(['new', 'g', '--os', 'uefi', '--iso', host.file('a\u0001b', 'medium'), '--dry-run'])).toMatchObject(
      {
        status: 2,
        stderr: expect.stringContaining('control character'),
      },
    );
  });
});

test.each([
  [['new'], 'which NAME'],
  [['new', '../x', '--os', 'linux'], 'NAME ../x'],
  [['new', 'x'], 'which --os'],
  [['new', 'x', '--os', 'plan9'], 'no such template'],
  [['new', 'x', '--os', 'linux', '--memory', 'much'], '--memory much'],
  [['new', 'x', '--os', 'linux', '--iso', '/nowhere.iso'], 'no such file'],
  [['new', 'x', '--os', 'linux', '--share', '/nowhere'], 'no such directory'],
  [['new', 'x', '--os', 'linux', '--tpm', 'perhaps'], 'must be yes no'],
  [['new', 'x', '--os', 'bios', '--secure-boot', 'yes'], 'which has none'],
  [['new', 'x', '--os', 'linux', '--iso'], 'needs a value'],
  [['new', 'x', '--os', 'linux', '--frob', '1'], 'no such option'],
  [['new', 'x', '--os', 'linux', '--ssh-key', '/etc/passwd'], 'go with --image'],
  [['new', 'x', '--os', 'linux', '--session', '--autostart'], 'do not start with the host'],
  [['new', 'x', '--os', 'linux', '--session', '--usb', '1234:5678'], 'not of a session'],
  [['frob'], 'Usage'],
])('%j is refused', (args, message) => {
  const { status, stderr, calls } = new GuestHost().run(args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(calls).toEqual([]);
});

describe('making a guest', () => {
  const verbs = (calls: readonly string[]) =>
    calls.map((call) => call.replace('virsh --quiet --connect qemu:///system ', '').split(' ').slice(0, 2).join(' '));

  test('from an installation medium', () => {
    const host = new GuestHost();
    const { status, calls } = host.run([
      'new',
      'one',
      '--os',
      'linux',
      '--iso',
      host.file('a.iso', 'medium'),
      '--autostart',
    ]);
    expect(status).toBe(0);
    expect(verbs(calls)).toEqual([
      'domcapabilities --virttype',
      'dominfo one',
      'net-info default',
      'vol-create-as images',
      'define --validate',
      'autostart one',
      'start one',
    ]);
    expect(calls[3]).toContain('one.qcow2 20G --format qcow2');
  });

  test('a definition that libvirt refuses leaves no disk behind', () => {
    const host = new GuestHost();
    host.program('virsh', 'case "$*" in *dominfo* | *define*) exit 1 ;; esac');
    const { status, calls } = host.run(['new', 'one', '--os', 'linux', '--iso', host.file('a.iso', 'medium')]);
    expect(status).not.toBe(0);
    expect(verbs(calls).at(-1)).toBe('vol-delete one.qcow2');
    expect(readdirSync(host.place).filter((name) => name.startsWith('tmp.'))).toEqual([]);
  });

  test('is held against the schema of libvirt one at a time', () => {
    const host = new GuestHost();
    const schema = host.file('root/usr/share/libvirt/schemas/domain.rng', '');
    const locked = `case "$*" in *dominfo*) exit 1 ;; *define*) ! flock --nonblock "${schema}" true ;; esac`;
    host.program('virsh', locked);
    const { status, calls } = host.run(['new', 'one', '--os', 'linux', '--iso', host.file('a.iso', 'medium')]);
    expect([status, verbs(calls).at(-1)]).toEqual([0, 'start one']);
  });

  test('a name that is taken changes nothing', () => {
    const host = new GuestHost();
    host.program('virsh', '');
    const { status, stderr, calls } = host.run(['new', 'one', '--os', 'linux', '--iso', host.file('a.iso', 'medium')]);
    expect([status, verbs(calls).at(-1)]).toEqual([1, 'dominfo one']);
    expect(stderr).toContain('there is a guest one already');
  });

  test('without KVM it stops, unless emulation is asked for', () => {
    const without = (...more: string[]) => {
      const host = new GuestHost({ kvm: false });
      return host.run(['new', 'one', '--os', 'linux', '--iso', host.file('a.iso', 'medium'), ...more]);
    };
    const { stderr, status } = without();
    expect([status, stderr]).toEqual([1, expect.stringContaining('phyllome-doctor')]);
    expect(without('--emulate').status).toBe(0);
  });

  test('from a kickstart: the second CD is what Anaconda looks for', () => {
    const host = new GuestHost();
    const kickstart = host.file('host.ks', 'text\n');
    const { status, calls } = host.run([
      'new',
      'one',
      '--os',
      'phyllome',
      '--iso',
      host.file('a.iso', 'medium'),
      '--kickstart',
      kickstart,
    ]);
    expect(status).toBe(0);
    expect(calls.find((call) => call.startsWith('xorrisofs'))).toContain('-volid OEMDRV');
    expect(host.read('packed/ks.cfg')).toBe('text\n');
    expect(calls.some((call) => call.includes('vol-upload one-seed.iso'))).toBe(true);
  });

  test('from a cloud image with a key: quoted, and without a password', () => {
    const host = new GuestHost();
    const key = host.file('id.pub', `# mine\nssh-ed25519 AAAA ada "the 'first'"\n`);
    const { status, calls } = host.run([
      'new',
      'one',
      '--os',
      'linux',
      '--image',
      host.file('cloud.raw', 'medium'),
      '--ssh-key',
      key,
      '--user',
      'ada',
    ]);
    expect(status).toBe(0);
    expect(verbs(calls)).toContain('vol-resize one.qcow2');
    expect(calls.find((call) => call.startsWith('xorrisofs'))).toContain('-volid CIDATA');
    expect(host.read('packed/meta-data')).toBe('instance-id: "one"\nlocal-hostname: "one"\n');
    const userData = host.read('packed/user-data');
    expect(userData).toMatch(/^#cloud-config\n/);
    expect(userData).toContain('lock_passwd: true');
    expect(userData).toContain(`- "ssh-ed25519 AAAA ada \\"the 'first'\\""\n`);
  });

  test('a private key is not put into a guest', () => {
    const host = new GuestHost();
    const key = host.file('id', '-----BEGIN OPENSSH PRIVATE KEY-----\n');
    const { stderr, calls } = host.run([
      'new',
      'one',
      '--os',
      'linux',
      '--image',
      host.file('c.raw', 'medium'),
      '--ssh-key',
      key,
    ]);
    expect(stderr).toContain('it is a private key');
    expect(calls.some((call) => call.includes('define'))).toBe(false);
  });
});
