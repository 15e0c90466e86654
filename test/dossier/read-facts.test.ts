import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { packFiles, unpackFiles } from '../../scripts/dossier/file-list.ts';
import { readFacts } from '../../scripts/dossier/read-facts.ts';
import { stageOutputs } from './facts-sample.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('packages are known with their source, licences, checksum and what they need', () => {
  const { packages } = readFacts(stageOutputs(), { inputHash: 'key', phyllome: '0.0' }).contents;
  expect(packages.map(({ name }) => name)).toEqual(['bash', 'libc6', 'iputils-ping', 'exim4-base', 'seabios']);
  const [bash, libc, ping, exim] = packages;
  expect(bash).toEqual({
    name: 'bash',
    version: '5.2.37-2+b5',
    architecture: 'amd64',
    source: 'bash',
    sourceVersion: '5.2.37-2',
    installedKiB: 7164,
    maintainer: 'Matthias Klose <doko@debian.org>',
    homepage: 'http://tiswww.case.edu/php/chet/bash/bashtop.html',
    licences: ['GFDL-NIV-1.3 and GPL-3+', 'GPL-3+'],
    sha256: '1'.repeat(64),
    debBytes: 1499260,
    depends: [['libc6'], ['libtinfo6'], ['base-files'], ['debianutils']],
    recommends: [['bash-completion']],
    provides: [],
    essential: true,
  });
  // A text for people says nothing to a program, and a package that no lock names has no checksum.
  expect(libc).toMatchObject({ source: 'glibc', licences: [] });
  expect(libc).not.toHaveProperty('sha256');
  expect(ping).toMatchObject({ sha256: '3'.repeat(64), depends: [['libc6'], ['libcap2', 'libcap-ng']] });
  expect(exim).toMatchObject({ provides: ['mail-transport-agent', 'exim'] });
  expect(exim).not.toHaveProperty('homepage');
});

test('every file is known: mode, owner by name, content, package, capabilities, and what configuration wrote', () => {
  const { files } = readFacts(stageOutputs(), { inputHash: 'key', phyllome: '0.0' });
  const at = (path: string) => files.find((file) => file.path === path);
  expect(files).toHaveLength(10);
  expect(at('/usr/bin/ping')).toEqual({
    path: '/usr/bin/ping',
    type: 'file',
    mode: '4755',
    owner: 'root:root',
    size: 5,
    sha256: sha256('ping\n'),
    capabilities: 'cap_net_raw=ep',
    package: 'iputils-ping',
  });
  // Listed at the place that it had before `/bin` was a link.
  expect(at('/usr/bin/bash')).toMatchObject({ package: 'bash', sha256: sha256('shell\n') });
  expect(at('/etc/a b')).toMatchObject({ owner: 'root:shadow', sha256: sha256('spaces\n') });
  expect(at('/etc/motd')).toMatchObject({ sha256: 'b'.repeat(64), package: 'libc6', configured: true });
  // The day on which a password was set is the day of the build.
  expect(at('/etc/shadow')).toMatchObject({ sha256: 'd'.repeat(64) });
  expect(at('/usr/bin/sh')).toMatchObject({ type: 'link', target: 'bash' });
  expect(at('/var/lib/x')).toMatchObject({ mode: '0640', owner: '104:root' });
  expect(at('/var/mail')).toEqual({ path: '/var/mail', type: 'directory', mode: '2775', owner: 'root:mail', size: 0 });
});

test('accounts, units and settings are as the system has them', () => {
  const { users, groups, units, sysctls, tools, newestPackage } = readFacts(stageOutputs(), {
    inputHash: 'key',
    phyllome: '0.0',
  }).contents;
  expect(users.map(({ name, password }) => `${name} ${password}`)).toEqual(['root locked', 'ada password']);
  expect(groups.at(-1)).toEqual({ name: 'libvirt', id: 110, members: ['ada', 'zoe'] });
  expect(units).toEqual([
    { name: 'ssh.service', scope: 'system', state: 'enabled', preset: 'enabled' },
    { name: 'ssh@.service', scope: 'system', state: 'static', preset: '-' },
    { name: 'indexer.service', scope: 'user', state: 'masked', preset: 'disabled' },
  ]);
  // What is read last counts, whichever way it is spelled.
  expect(sysctls).toEqual([
    { name: 'kernel.sysrq', value: '1', file: '/etc/sysctl.d/60-b.conf' },
    { name: 'net.ipv4.conf.*.rp_filter', value: '2', file: '/usr/lib/sysctl.d/50-a.conf' },
    { name: 'net.ipv4.conf.eth0/1.forwarding', value: '0', file: '/etc/sysctl.d/60-b.conf' },
  ]);
  expect(tools.map(({ name, version }) => `${name} ${version}`)).toEqual(['grub-common 2.12-9', 'zlib1g 1:1.3']);
  expect(newestPackage).toBeGreaterThan(1_700_000_000);
});

test('the list of files is the same when it is read again, and half of one is told', () => {
  const { files } = readFacts(stageOutputs(), { inputHash: 'key', phyllome: '0.0' });
  const odd = { path: '/a\tb"\n', type: 'link', mode: '0777', owner: 'root:root', size: 0, target: 'x\ty' } as const;
  const packed = packFiles([...files, odd]);
  expect(unpackFiles(packed)).toEqual([...files, odd]);
  expect(() => unpackFiles(packed.subarray(0, packed.length / 2))).toThrow(SyntaxError);
  expect(() => unpackFiles(Buffer.from('text'))).toThrow(SyntaxError);
});
