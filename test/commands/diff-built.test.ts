import { rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as diff } from '../../scripts/commands/diff.ts';
import type { BuiltComparison } from '../../scripts/dossier/index.ts';
import { buildDirectory, type SampleChange } from '../dossier/build-sample.ts';
import { usual } from '../dossier/facts-sample.ts';
import { recordingContext } from './recording-context.ts';

async function told(a: string, b: string, json?: true): Promise<string> {
  const { context, output } = recordingContext();
  await diff({ a, b, ...(json && { json }) }, context);
  return output();
}

type Part = keyof typeof usual;
const replaced = (part: Part, from: string, to: string): SampleChange => {
  if (!usual[part].includes(from)) throw new Error(`${part} has no ${from}`);
  return { facts: { [part]: usual[part].replace(from, to) } };
};
const NUL = '\0';
const file = (name: string, mode: string, type = 'f') =>
  [name, type, mode, '0:0', '0', ''].map((word) => word + NUL).join('');
const added = (record: string): SampleChange => ({ facts: { tree: usual.tree + record } });
const owner = 'package iputils-ping 3:20240905-3';

test.each<[string, SampleChange, string]>([
  [
    'a new package, with why it is there and its files apart',
    replaced(
      'packages',
      'bash\t5.2',
      'libcap2\t1:2.75-10\tamd64\tlibcap2\t1:2.75-10\t99\tA <a@b>\t\t\t\t\t\tno\nbash\t5.2',
    ),
    'packages: 1 new\n  + libcap2: 1:2.75-10  # needed by iputils-ping, overlays/net/component.yaml:4',
  ],
  [
    'another version of a package, whose files are counted with it',
    {
      facts: {
        packages: usual.packages.replace('bash\t5.2.37-2+b5\t', 'bash\t5.2.37-3\t'),
        tree: usual.tree + file('/usr/share/doc/bash/copyright', '644'),
      },
    },
    'packages: 1 different\n  ~ bash: 5.2.37-2+b5 → 5.2.37-3 (1 file)',
  ],
  [
    'a unit, with the component that cares for it',
    replaced('units', 'ssh.service   enabled', 'ssh.service   disabled'),
    'units: 1 different\n  ~ ssh.service: enabled → disabled, though the preset says enabled  # component net: people come in',
  ],
  [
    'a unit that a link enables, without the link',
    {
      facts: {
        units: `${usual.units}fstrim.timer enabled enabled\n`,
        tree: usual.tree + file('/etc/systemd/system/timers.target.wants/fstrim.timer', '777', 'l'),
      },
    },
    'units: 1 new\n  + fstrim.timer: enabled',
  ],
  [
    'a unit of users',
    replaced('user-units', 'masked', 'disabled'),
    'units: 1 different\n  ~ indexer.service (user): masked, though the preset says disabled → disabled',
  ],
  [
    'a kernel argument, with the line of the kickstart’s source',
    { manifest: { kernelArguments: ['iommu=pt', 'quiet'] } },
    'kernel arguments: 1 new\n  + quiet  # kickstarts/flavours/small.yaml:7',
  ],
  [
    'a kernel setting, by its file',
    replaced('sysctls', 'rp_filter=2', 'rp_filter=1'),
    'kernel settings: 1 different\n  ~ net.ipv4.conf.*.rp_filter: 2 → 1',
  ],
  [
    'a user, with the line that adds it',
    replaced('passwd', '/home/ada:/bin/bash', '/home/ada:/bin/sh'),
    'users: 1 different\n  ~ ada: 1000:1000 /home/ada /bin/bash password → 1000:1000 /home/ada /bin/sh password  # kickstarts/flavours/small.yaml:9',
  ],
  [
    'an account that is open now',
    replaced('passwords', 'root\tlocked', 'root\tno password'),
    'users: 1 different\n  ~ root: 0:0 /root /bin/bash locked → 0:0 /root /bin/bash no password',
  ],
  ['who is in a group', replaced('group', 'zoe,ada', 'ada'), 'groups: 1 different\n  ~ libvirt: 110 ada zoe → 110 ada'],
  [
    'a setuid file, and only there',
    replaced('tree', `/usr/bin/bash${NUL}f${NUL}755`, `/usr/bin/bash${NUL}f${NUL}4755`),
    'setuid and setgid files: 1 new\n  + /usr/bin/bash: 4755 root:root  # package bash 5.2.37-2+b5',
  ],
  [
    'a capability',
    replaced('capabilities', 'cap_net_raw=ep', 'cap_net_admin,cap_net_raw=ep'),
    `file capabilities: 1 different\n  ~ /usr/bin/ping: cap_net_raw=ep → cap_net_admin,cap_net_raw=ep  # ${owner}`,
  ],
  [
    'a place that anybody can write to',
    replaced('tree', '2775', '3777'),
    'places that anybody can write to: 1 new\n  + /var/mail: 3777 root:mail  # a script of a package',
  ],
  [
    'owner and mode of a file',
    replaced('tree', `/var/lib/x${NUL}f${NUL}640`, `/var/lib/x${NUL}f${NUL}600`),
    'owners and modes: 1 different\n  ~ /var/lib/x: 0640 104:root → 0600 104:root  # configuration',
  ],
  [
    'a rule for sudo, without what it says',
    added(file('/etc/sudoers.d/wheel', '440')),
    'polkit and sudo rules: 1 new\n  + /etc/sudoers.d/wheel  # a script of a package',
  ],
  [
    'a rule for polkit',
    added(file('/usr/share/polkit-1/rules.d/50-libvirt.rules', '644')),
    'polkit and sudo rules: 1 new\n  + /usr/share/polkit-1/rules.d/50-libvirt.rules  # a script of a package',
  ],
  [
    'a kernel module, by its name',
    added(file('/usr/lib/modules/6.12/kernel/drivers/vfio/vfio-pci.ko.xz', '644')),
    'kernel modules: 1 new\n  + vfio_pci  # a script of a package',
  ],
  [
    'a line of an overlay, with the file in the checkout',
    replaced('changes', 'b'.repeat(64), 'c'.repeat(64)),
    'files: 1 different\n  ~ /etc/motd: another content  # component net: overlays/net/rootfs/etc/motd',
  ],
  [
    'where a link leads',
    replaced('tree', `4${NUL}bash`, `4${NUL}dash`),
    'files: 1 different\n  ~ /usr/bin/sh: link to bash → link to dash  # a script of a package',
  ],
  [
    'a password',
    replaced('undated-shadow', 'd'.repeat(64), 'e'.repeat(64)),
    'files: 1 different\n  ~ /etc/shadow: another content  # a script of a package',
  ],
  [
    'a size',
    { manifest: { sizes: { rootBytes: 4096, squashfsBytes: 2048, initramfsBytes: 2048, kernelBytes: 512 } } },
    'sizes: 1 different\n  ~ initramfs: 1.0 KiB (1024 bytes) → 2.0 KiB (2048 bytes)',
  ],
])('of two builds exactly what differs is told: %s', async (_, change, expected) => {
  expect(await told(buildDirectory(), buildDirectory(change))).toBe(expected);
});

test('two builds of the same system do not differ, by whichever name', async () => {
  // On disk, directories that grew another way take another size.
  const sizes = { rootBytes: 8192, squashfsBytes: 2048, initramfsBytes: 1024, kernelBytes: 512 };
  const [a, b] = [buildDirectory(), buildDirectory({ manifest: { inputHash: 'another', sizes } })];
  expect(await told(a, b)).toBe(`nothing differs between ${a} and ${b}`);
  const [image, manifest] = [path.join(a, 'small.iso'), path.join(b, 'manifest.json')];
  expect(await told(image, manifest)).toBe(`nothing differs between ${image} and ${manifest}`);
});

test('what goes with packages is told in one sentence, and a kernel’s modules by their names alone', async () => {
  const kernel = (version: string, ...modules: string[]) => ({
    facts: {
      packages: `${usual.packages}linux-image-${version}\t${version}\tamd64\tlinux\t${version}\t1\tA <a@b>\t\t\t\t\t\tno\n`,
      tree: [
        usual.tree,
        ...modules.map((name) => file(`/usr/lib/modules/${version}/kernel/${name}.ko`, '644')),
        file(`/var/lib/dpkg/info/linux-image-${version}.list`, '644'),
      ].join(''),
    },
  });
  expect(
    await told(buildDirectory(kernel('6.12.1', 'kvm', 'old')), buildDirectory(kernel('6.12.2', 'kvm', 'new'))),
  ).toBe(
    [
      'packages: 1 new, 1 gone',
      '  + linux-image-6.12.2: 6.12.2',
      '  - linux-image-6.12.1: 6.12.1',
      '',
      'kernel modules: 1 new, 1 gone',
      '  + new  # a script of a package',
      '  - old  # a script of a package',
      '',
      '2 more files follow from these packages: their lists, caches and indexes.',
      '',
      'changelogs:',
      '  not of linux: its .deb is not in the download cache',
    ].join('\n'),
  );
});

test('what a build did not note is not taken for nothing', async () => {
  const other = buildDirectory({ withoutDossier: true, manifest: { kernelArguments: [] } });
  const text = await told(buildDirectory(), other);
  expect(text).toContain('kernel arguments: 1 gone\n  - iommu=pt');
  expect(text).toMatch(/Not compared, as one of the builds did not note them: kernel modules, .*tools that made it\.$/);
  // Left of another build of that directory.
  const stale = buildDirectory();
  const manifest = path.join(stale, 'manifest.json');
  const { context } = recordingContext();
  const { readFileSync } = await import('node:fs');
  writeFileSync(
    manifest,
    readFileSync(manifest, 'utf8').replace('"inputHash":"0123456789abcdef"', '"inputHash":"later"'),
  );
  await diff({ a: stale, b: stale }, context);
  expect(await told(stale, buildDirectory())).toContain('Not compared');
});

test('programs get all of it as JSON', async () => {
  const comparison = JSON.parse(
    await told(buildDirectory(), buildDirectory(replaced('changes', 'b'.repeat(64), 'c'.repeat(64))), true),
  ) as BuiltComparison;
  expect(comparison).toEqual({
    parts: {
      files: [
        {
          name: '/etc/motd',
          before: `9 bytes, sha256:${'b'.repeat(64)}`,
          after: `9 bytes, sha256:${'c'.repeat(64)}`,
          cause: 'component net: overlays/net/rootfs/etc/motd',
        },
      ],
    },
    derivedFiles: 0,
    notCompared: [],
  });
});

test('what is no build, or only half of one, is told with its place', async () => {
  const build = buildDirectory();
  await expect(told(build, 'nano')).rejects.toThrow(`${build} is a build, and nano is none: they cannot be compared`);
  await expect(told(path.join(build, 'nowhere'), build)).rejects.toThrow(/there is no file or directory .*nowhere/);
  writeFileSync(path.join(build, 'other.iso'), '');
  await expect(told(path.join(build, 'other.iso'), build)).rejects.toThrow(/other\.iso is none of the images/);
  const { context } = recordingContext();
  await expect(diff({ a: build, b: build, base: 'debian-13' }, context)).rejects.toThrow(
    /--base says nothing of builds/,
  );
  writeFileSync(path.join(build, 'files.gz'), 'x');
  await expect(told(build, build)).rejects.toThrow(/the list of the image's files is not whole/);
  rmSync(path.join(build, 'files.gz'));
  await expect(told(build, build)).rejects.toThrow(/the list of the image's files is not whole/);
  unlinkSync(path.join(build, 'manifest.json'));
  await expect(told(path.join(build, 'small.iso'), path.join(build, 'small.iso'))).rejects.toThrow(/is no manifest/);
});
