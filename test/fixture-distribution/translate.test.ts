import { describe, expect, test } from 'vitest';
import { debianPackage } from './small-package.ts';
import { rpmVersion, translate } from './translate.ts';

const base = debianPackage('Package: base-files\nArchitecture: all', [
  '/',
  '/usr/',
  '/usr/sbin/',
  '/etc/',
  '/bin -> usr/bin',
]);

function packageOf(name: string, ...debian: ReturnType<typeof debianPackage>[]) {
  const found = translate([base, ...debian], new Map()).packages.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no package ${name}`);
  return found;
}
const pathsOf = (name: string, ...debian: ReturnType<typeof debianPackage>[]) =>
  packageOf(name, ...debian).files.map(({ path }) => path);

describe('translated packages', () => {
  test('have Fedora names, several of Debian in one', () => {
    const [one, other] = [
      debianPackage('Package: systemd', ['/usr/lib/systemd/systemd']),
      debianPackage('Package: systemd-sysv', ['/usr/sbin/init -> ../lib/systemd/systemd']),
    ];
    const systemd = packageOf('systemd', one, other);
    expect(systemd.files.map(({ path }) => path)).toEqual(['/usr/bin/init', '/usr/lib/systemd/systemd']);
    expect(systemd.from).toEqual(['systemd 1:2.3-4', 'systemd-sysv 1:2.3-4']);
  });

  test('are split as Fedora splits them', () => {
    const kernel = debianPackage('Package: linux-image-6.12.1+deb13-amd64', [
      '/boot/vmlinuz-6.12.1+deb13-amd64',
      '/usr/lib/modules/6.12.1+deb13-amd64/kernel/fs/ext4/ext4.ko.xz',
      '/usr/lib/modules/6.12.1+deb13-amd64/kernel/sound/soundcore.ko.xz',
    ]);
    expect(pathsOf('kernel-core', kernel)).toEqual(['/usr/lib/modules/6.12.1+deb13-amd64/vmlinuz']);
    expect(pathsOf('kernel-modules-core', kernel)).toEqual([
      '/usr/lib/modules/6.12.1+deb13-amd64/kernel/fs/ext4/ext4.ko.xz',
    ]);
    expect(pathsOf('kernel-modules', kernel)).toEqual([
      '/usr/lib/modules/6.12.1+deb13-amd64/kernel/sound/soundcore.ko.xz',
    ]);
  });

  test('own the directories that the base does not have', () => {
    const one = debianPackage('Package: sample', ['/', '/usr/', '/usr/sbin/', '/usr/lib/sample/', '/usr/lib/sample/x']);
    expect(packageOf('sample', one).files).toEqual([
      { path: '/usr/lib/sample', kind: 'directory', isConfiguration: false },
      { path: '/usr/lib/sample/x', kind: 'file', isConfiguration: false },
    ]);
  });

  test('leave out what only Debian needs, and documentation but some', () => {
    const one = debianPackage('Package: bash', [
      '/usr/bin/bash',
      '/etc/init.d/bash',
      '/usr/share/doc/bash/README.gz',
      '/usr/share/man/man1/bash.1.gz',
      '/usr/share/man/man7/bash-builtins.7.gz',
      '/usr/share/lintian/overrides/bash',
    ]);
    expect(pathsOf('bash', one)).toEqual([
      '/usr/bin/bash',
      '/usr/bin/sh',
      '/usr/share/doc/bash/README.gz',
      '/usr/share/man/man1/bash.1.gz',
    ]);
  });

  test('need what is there, by its name here: no package twice, none of Debian alone, not themselves', () => {
    const needing = debianPackage(
      'Package: libvirt-clients\nDepends: debconf, libvirt0 (= 1), libvirt-common, sensible-utils | libc6, virtual-thing, gone\nRecommends: libvirt0, sample',
    );
    const needed = [
      debianPackage('Package: libvirt0'),
      debianPackage('Package: libvirt-common'),
      debianPackage('Package: libc6'),
      debianPackage('Package: debconf'),
      debianPackage('Package: sample\nProvides: virtual-thing\nDepends: sample'),
    ];
    const client = packageOf('libvirt-client', needing, ...needed);
    expect(client.requires).toEqual(['glibc', 'libvirt-libs', 'sample']);
    expect(client.recommends).toEqual([]);
    expect(packageOf('sample', needing, ...needed).requires).toEqual([]);
  });

  test('say which files an administrator may change, wherever they are now', () => {
    const one = debianPackage('Package: nftables', ['/etc/nftables.conf', '/usr/sbin/nft'], '/etc/nftables.conf\n');
    expect(packageOf('nftables', one).files).toEqual([
      { path: '/etc/sysconfig/nftables.conf', kind: 'file', isConfiguration: true },
      { path: '/usr/bin/nft', kind: 'file', isConfiguration: false },
    ]);
    // /usr/sbin is moved as a whole.
    expect(translate([base, one], new Map()).moves).toEqual([
      { from: '/etc/nftables.conf', to: '/etc/sysconfig/nftables.conf' },
    ]);
  });

  test("have GRUB's programs by Fedora's names too", () => {
    const one = debianPackage('Package: grub2-common', ['/usr/sbin/grub-install']);
    expect(packageOf('grub2-tools', one).links).toEqual([['/usr/bin/grub2-install', 'grub-install']]);
  });

  test('have files of the fixture, and are there for those alone', () => {
    const own = new Map([['generic-release-common', new Map([['/usr/lib/os-release', '']])]]);
    const { packages } = translate([base], own);
    const release = packages.find(({ name }) => name === 'generic-release-common');
    expect(release?.files.map(({ path }) => path)).toContain('/usr/lib/os-release');
    expect(() => translate([base], new Map([['unknown', new Map([['/x', '']])]]))).toThrow(
      'nothing is known of the package unknown',
    );
  });

  test('have no files of the fixture where the rest of them is not made', () => {
    const units = new Map([
      ['libvirt-daemon-driver-qemu', new Map([['/usr/lib/systemd/system/virtqemud.service', '']])],
    ]);
    const names = (...debian: ReturnType<typeof debianPackage>[]) =>
      translate([base, ...debian], units).packages.map(({ name }) => name);
    expect(names()).not.toContain('libvirt-daemon-driver-qemu');
    expect(names(debianPackage('Package: libvirt-daemon-driver-qemu'))).toContain('libvirt-daemon-driver-qemu');
  });

  test('have versions without a hyphen and without an epoch', () => {
    expect(rpmVersion('1:10.0.13+ds-0+deb13u1')).toBe('10.0.13+ds.0+deb13u1');
    expect(rpmVersion('257.13-1~deb13u1')).toBe('257.13.1~deb13u1');
  });
});
