import { describe, expect, test } from 'vitest';
import { readDebianPackage } from './debian-package.ts';

const fields = `Package: sample
Version: 1:2.3-4+b1
Architecture: amd64
Pre-Depends: libc6 (>= 2.38)
Depends: libone (>= 1) | libother, python3:any (<< 3.14),
Recommends: extra
Provides: sample-api (= 2), mail-agent
Description: shows what is read
 Not this.
`;

describe('a Debian package', () => {
  test('is read with what it needs, without versions and architectures', () => {
    const one = readDebianPackage(fields, '', '');
    expect(one).toMatchObject({ name: 'sample', version: '1:2.3-4+b1', architecture: 'amd64' });
    expect(one.summary).toBe('shows what is read');
    expect(one.depends).toEqual([['libc6'], ['libone', 'libother'], ['python3']]);
    expect(one.recommends).toEqual([['extra']]);
    expect(one.provides).toEqual(['sample-api', 'mail-agent']);
  });

  test('has its configuration, without what is obsolete', () => {
    const { configuration } = readDebianPackage(fields, '/etc/sample.conf\nremove-on-upgrade /etc/old\n', '');
    expect([...configuration]).toEqual(['/etc/sample.conf']);
  });

  test('has files, directories, links and further names of a file', () => {
    const listing = [
      'drwxr-xr-x 0/0               0 2026-04-13 19:38 ./',
      'drwxr-xr-x 0/0               0 2026-04-13 19:38 ./usr/share/a b/',
      '-rwxr-sr-x 0/42          43256 2025-06-29 17:40 ./usr/bin/[',
      'lrwxrwxrwx 0/0               0 2025-06-29 17:40 ./usr/bin/x -> ../lib/x -> y',
      'hrwxr-xr-x 0/0               0 2025-06-29 17:40 ./usr/bin/y link to ./usr/bin/[',
      '',
    ].join('\n');
    expect(readDebianPackage(fields, '', listing).entries).toEqual([
      { path: '/', kind: 'directory' },
      { path: '/usr/share/a b', kind: 'directory' },
      { path: '/usr/bin/[', kind: 'file', group: 'shadow' },
      { path: '/usr/bin/x', kind: 'link' },
      { path: '/usr/bin/y', kind: 'file' },
    ]);
  });

  test('is refused where it is not understood', () => {
    expect(() => readDebianPackage('Version: 1\n', '', '')).toThrow('no field Package');
    expect(() => readDebianPackage(fields, '', 'crw-rw-rw- 0/0 1,3 2026-04-13 19:38 ./dev/null\n')).toThrow(
      'not understood: crw',
    );
    expect(() => readDebianPackage(fields, '', '-rw-r--r-- 0/4711 1 2026-04-13 19:38 ./x\n')).toThrow(
      'owner is not known',
    );
  });
});
