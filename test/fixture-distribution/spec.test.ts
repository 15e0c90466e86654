import { describe, expect, test } from 'vitest';
import { scriptletsOf } from './scriptlets.ts';
import { debianPackage } from './small-package.ts';
import { fileList, quotedPath, specFile } from './spec.ts';
import { translate } from './translate.ts';

describe('paths in lists of files', () => {
  test('stand for one file each', () => {
    expect(quotedPath('/usr/bin/[')).toBe('/usr/bin/\\[');
    expect(quotedPath('/a*b?{c}')).toBe('/a\\*b\\?\\{c\\}');
    expect(quotedPath('/usr/lib/x\\x2d.device')).toBe('/usr/lib/x\\\\x2d.device');
    expect(quotedPath('/100%')).toBe('/100%%');
    expect(quotedPath('/Secure Global.crt')).toBe('"/Secure Global.crt"');
    expect(quotedPath('/usr/lib/efi/grub2/1:2.12-9.fc44/EFI')).toBe('/usr/lib/efi/grub2/1:2.12-9.fc44/EFI');
  });

  test('tell owners, directories, configuration and languages', () => {
    const list = fileList([
      { path: '/etc/x.conf', kind: 'file', isConfiguration: true },
      { path: '/usr/bin/chage', kind: 'file', isConfiguration: false, group: 'shadow' },
      { path: '/usr/lib/x', kind: 'directory', isConfiguration: false },
      { path: '/usr/lib/locale/en_US.utf8', kind: 'tree', isConfiguration: false },
      { path: '/usr/share/locale/de/LC_MESSAGES/x.mo', kind: 'file', isConfiguration: false },
      { path: '/usr/share/locale/sr@latin/LC_MESSAGES/x.mo', kind: 'file', isConfiguration: false },
      { path: '/usr/share/locale/de/LC_MESSAGES', kind: 'directory', isConfiguration: false },
    ]);
    expect(list.split('\n')).toEqual([
      '%defattr(-,root,root,-)',
      '%config(noreplace) /etc/x.conf',
      '%attr(-,root,shadow) /usr/bin/chage',
      '%dir /usr/lib/x',
      '/usr/lib/locale/en_US.utf8',
      '%lang(de) /usr/share/locale/de/LC_MESSAGES/x.mo',
      '%lang(sr@latin) /usr/share/locale/sr@latin/LC_MESSAGES/x.mo',
      '%dir /usr/share/locale/de/LC_MESSAGES',
      '',
    ]);
  });
});

describe('the spec file', () => {
  const { packages } = translate(
    [
      debianPackage('Package: systemd', ['/usr/lib/systemd/system/systemd-logind.service']),
      debianPackage('Package: base-files\nArchitecture: all\nDescription: 100% base', ['/usr/']),
      debianPackage('Package: chrony\nRecommends: base-files', [
        '/usr/lib/systemd/system/chrony.service',
        '/usr/lib/systemd/system/ntp.service -> chrony.service',
        '/usr/lib/systemd/system/chrony-dnssrv@.service',
      ]),
    ],
    new Map(),
  );
  const sections = specFile(packages, scriptletsOf(packages)).split(/^(?=%package )/m);
  const sectionOf = (name: string) => sections.find((text) => text.startsWith(`%package -n ${name}\n`)) ?? '';

  test('says in every package what it is', () => {
    expect(sections.length).toBe(packages.length + 1);
    for (const text of sections.slice(1)) {
      expect(text).toMatch(/^Summary: .* \(test fixture\)$/m);
      expect(text).toMatch(/^%description -n \S+\nPhyllome test fixture: Debian 13 packages by Fedora names\./m);
    }
    expect(sections[0]).toContain('Release: 1.fc44.fixture\n');
  });

  test('has relations, lists and versions of each package', () => {
    const chrony = sectionOf('chrony');
    expect(chrony).toContain('Version: 2.3.4\n');
    expect(chrony).toContain('Requires: systemd\n');
    expect(chrony).toContain('Requires(pre): filesystem\n');
    expect(chrony).toContain('Recommends: filesystem\n');
    expect(chrony).toContain("Repackaged from Debian's chrony 1:2.3-4.");
    expect(chrony).toContain('%files -n chrony -f %{lists}/chrony\n');
    expect(chrony).not.toContain('BuildArch');
    const filesystem = sectionOf('filesystem');
    expect(filesystem).toContain('BuildArch: noarch\nAutoReqProv: no\n');
    expect(filesystem).toContain('Summary: 100%% base (test fixture)');
    expect(filesystem).not.toContain('Requires(pre)');
  });

  test('asks presets about units that can be switched on, when they are new, and about no links', () => {
    const chrony = sectionOf('chrony');
    expect(chrony).toContain(
      '%post -n chrony\nif [ $1 -eq 1 ] && [ -x /usr/bin/systemctl ]; then systemctl --no-reload preset chronyd.service || :; fi\n',
    );
    expect(sectionOf('systemd')).toContain('systemctl preset-all');
    expect(sectionOf('systemd')).not.toContain('systemctl --no-reload preset');
  });

  test('makes the links of directories before anything is unpacked', () => {
    expect(sectionOf('filesystem')).toContain('%pretrans -n filesystem -p <lua>\n');
  });
});
