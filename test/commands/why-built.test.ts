import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as why } from '../../scripts/commands/why.ts';
import { buildDirectory, type SampleChange } from '../dossier/build-sample.ts';
import { usual } from '../dossier/facts-sample.ts';
import { recordingContext } from './recording-context.ts';

const NUL = '\0';
const file = (name: string, type = 'f', target = '') =>
  [name, type, '755', '0:0', '0', target].map((word) => word + NUL).join('');
const packageLine = (name: string, needs: string, recommends = '') =>
  `${name}\t1\tamd64\t${name}\t1\t9\tA <a@b>\t\t\t${needs}\t${recommends}\t\tno\n`;

const built: SampleChange = {
  facts: {
    packages: usual.packages + packageLine('libcap2', 'libdeep') + packageLine('libdeep', ''),
    tree:
      usual.tree +
      file('/usr/lib/systemd/system/ssh.service') +
      file('/etc/systemd/system/sshd.service', 'l', '/usr/lib/systemd/system/ssh.service') +
      file('/bin', 'l', 'usr/bin') +
      file('/var/lib/dpkg/info/libdeep:amd64.list'),
    units: `${usual.units}sshd.service alias -\n`,
  },
};

function ask(query: string, flavour = buildDirectory(built)): string {
  const { context, output } = recordingContext();
  why({ flavour, query }, context);
  return output().replaceAll(flavour, 'BUILD');
}

test('a dependency: the way down to the line that asks for what needs it', () => {
  expect(ask('libdeep').split('\n')).toEqual([
    'package libdeep, in BUILD',
    '  package `libcap2` needs `libdeep`',
    '  package `iputils-ping` needs `libcap2` or `libcap-ng` (`libcap2` is there)',
    '  `iputils-ping` is asked for',
    '      overlays/net/component.yaml:4',
  ]);
});

test('what is essential says so, and what else needs it', () => {
  expect(ask('libc6')).toBe(
    [
      'package libc6, in BUILD',
      '  package `bash` needs `libc6`',
      '  package `bash` is essential: every debian-13 has it',
      '  also: needed by iputils-ping',
    ].join('\n'),
  );
});

test.each([
  ['a file of a package', '/usr/bin/ping', 'it is of package `iputils-ping`'],
  ['a file at the old place of /usr', '/bin/ping', 'file /usr/bin/ping, in BUILD'],
  [
    'a file that was made for a package',
    '/var/lib/dpkg/info/libdeep:amd64.list',
    'when package `libdeep` was installed',
  ],
  ['a file that a component writes', '/etc/motd', '      overlays/net/rootfs/etc/motd:1'],
  ['a file that configuration made', '/var/lib/x', 'configuration made it'],
  ['a file that no package has', '/etc/a b', 'scripts of packages made it'],
  ['a unit by its file', 'ssh', 'its file is /usr/lib/systemd/system/ssh.service'],
  ['a unit by the link that it is', 'sshd.service', 'a link to /usr/lib/systemd/system/ssh.service'],
  ['a package that nothing wants', 'seabios', 'nothing that the build noted wants package `seabios`'],
  ['a part of a name', 'utils-pi', 'package iputils-ping, in BUILD'],
  ['a part of a path', 'bios.b', 'file /usr/share/seabios/bios.bin, in BUILD'],
])('%s', (_what, query, expected) => {
  expect(ask(query)).toContain(expected);
});

test('what is not there, a build that notes nothing, and none are told as such', () => {
  expect(() => ask('frobnicate')).toThrow(/nothing in .* is called `frobnicate`/);
  expect(() => ask('bash', buildDirectory({ withoutDossier: true }))).toThrow('did not note what is in the image');
  expect(() => ask('bash', '/nowhere/at/all')).toThrow('there is no flavour');
});

/** A build of nano in the place where `build` leaves it: what needs what is the sample’s. */
function besideSources(change: SampleChange = built) {
  const recorded = recordingContext();
  const { out } = recorded.context.places;
  mkdirSync(out, { recursive: true });
  renameSync(buildDirectory({ ...change, manifest: { flavour: 'nano' } }), path.join(out, 'nano'));
  const directory = path.join(out, 'nano');
  renameSync(path.join(directory, 'small.ks'), path.join(directory, 'nano.ks'));
  renameSync(path.join(directory, 'small.map.json'), path.join(directory, 'nano.map.json'));
  return { ...recorded, directory };
}

test('beside a flavour: its own words first, then the build of it', () => {
  const { context, output, directory } = besideSources();
  why({ flavour: 'nano', query: 'libdeep' }, context);
  expect(output()).toContain(`package libdeep, in ${directory}`);
  why({ flavour: 'nano', query: 'kernel' }, context);
  expect(output()).toContain('package linux-image-amd64\n');
  rmSync(directory, { recursive: true });
});

test('a flavour that was not built says what to do, also beside a slip; a damaged build does not keep the sources from telling', () => {
  const { context } = recordingContext();
  const hint = (query: string, base?: string) => {
    try {
      why({ flavour: 'nano', query, ...(base !== undefined && { base }) }, context);
    } catch (error) {
      return JSON.stringify(error);
    }
    return '';
  };
  expect(hint('zzzzzz')).toContain('phyllome build nano');
  expect(hint('zzzzzz', 'fedora-44')).toContain('phyllome build nano --base fedora-44');
  expect(hint('systemdd')).toMatch(/did you mean `systemd`\? .*phyllome build nano/);
  const damaged = besideSources();
  writeFileSync(path.join(damaged.directory, 'files.gz'), 'x');
  why({ flavour: 'nano', query: 'systemd' }, damaged.context);
  expect(damaged.output()).toContain('package systemd\n');
  expect(damaged.warnings.map(({ code, severity }) => [code, severity])).toEqual([['damaged-dossier', 'warning']]);
  rmSync(damaged.directory, { recursive: true });
});
