import { expect, test } from 'vitest';
import { run as size } from '../../scripts/commands/size.ts';
import type { FileRecord } from '../../scripts/dossier/contents.ts';
import { type ImageSize, imageSize, readBuiltSide, sizeInText } from '../../scripts/dossier/index.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { buildDirectory } from './build-sample.ts';
import { packages } from './package-lines.ts';

const MIB = 1024 ** 2;
const file = (path: string, bytes: number, owner?: string, more: Partial<FileRecord> = {}): FileRecord => ({
  path,
  type: 'file',
  mode: '0644',
  owner: 'root:root',
  size: bytes,
  ...(owner !== undefined && { package: owner }),
  ...more,
});

const ASKED = [
  ['host', 'overlays/net/component.yaml', 4],
  ['pictures', 'overlays/desk/component.yaml', 9],
  ['linux-image-1', 'kickstarts/flavours/small.yaml', 3],
] as const;

const lines = [
  'base!:',
  'host: lib, shared',
  'lib: deep',
  'deep:',
  'pictures: shared; wish',
  'shared:',
  'wish:',
  'linux-image-1:',
];

const files: readonly FileRecord[] = [
  file('/usr/bin/base', MIB, 'base'),
  file('/usr/bin/host', 2 * MIB, 'host'),
  file('/usr/bin/host-alias', 2 * MIB, 'host'),
  file('/usr/lib/lib', 8 * MIB, 'lib'),
  file('/usr/lib/deep', MIB, 'deep'),
  file('/usr/share/pictures', 16 * MIB, 'pictures'),
  file('/usr/lib/shared', 4 * MIB, 'shared'),
  file('/usr/lib/wish', 3 * MIB, 'wish'),
  file('/boot/vmlinuz-1', 5 * MIB, 'linux-image-1'),
  file('/usr/lib/modules/1/modules.dep', MIB),
  file('/usr/lib/systemd/system/host@.service', 0, 'host'),
  file('/etc/net.conf', 100, 'base', { configured: true }),
  file('/etc/machine', 50, undefined, { configured: true }),
  file('/var/cache/x', 70),
];

interface Sample {
  /** MiB that the .deb of each of 8 MiB or more is less; none are noted without. */
  readonly debs?: Readonly<Record<string, number>>;
  readonly squashfsMiB?: number;
  readonly weak?: boolean;
}

function sizeOf({ debs, squashfsMiB, weak = true }: Sample = {}): ImageSize {
  const side = readBuiltSide(buildDirectory());
  const { dossier, manifest } = side;
  if (dossier === undefined) throw new Error('no dossier');
  const text = [`%packages${weak ? '' : ' --exclude-weakdeps'}`, ...ASKED.map(([name]) => name), '%end'].join('\n');
  const sums = new Map<string, number>();
  for (const one of files) sums.set(one.package ?? '', (sums.get(one.package ?? '') ?? 0) + one.size);
  const { squashfsBytes: _measured, ...sizes } = manifest.sizes;
  return imageSize({
    ...side,
    manifest: {
      ...manifest,
      units: [{ name: 'host@a.service', preset: 'enable', component: 'net', reason: 'serves', state: 'enabled' }],
      files: [{ path: '/etc/net.conf', mode: '0644', sha256: '', component: 'net', source: 'overlays/net/rootfs/x' }],
      sizes: { ...sizes, ...(squashfsMiB !== undefined && { squashfsBytes: squashfsMiB * MIB }) },
    },
    kickstart: {
      file: 'small.ks',
      text,
      map: {
        lines: [[0, 1], ...ASKED.map(([, , line], index) => [index + 1, line] as const), [0, 1]],
        sources: ['kickstarts/templates/x', ...ASKED.map(([, from]) => from)],
      },
    },
    dossier: {
      files: files.map((one) => (one.path.startsWith('/usr/bin/host') ? { ...one, sha256: 'a'.repeat(64) } : one)),
      contents: {
        ...dossier.contents,
        packages: packages(lines).map((one) => {
          const installedKiB = (sums.get(one.name) ?? 0) / 1024;
          const share = debs?.[one.name] ?? 1;
          return { ...one, installedKiB, ...(debs && { debBytes: installedKiB * 1024 * share }) };
        }),
      },
    },
  });
}

const bringer = (size: ImageSize, name: string) => {
  const found = size.bringers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name} among ${size.bringers.map((one) => one.name).join(', ')}`);
  return found;
};

test('each package stands with whoever brings it by the shortest way, with why', () => {
  const size = sizeOf();
  const told = size.bringers.map(({ name, packages: all }) => [name, ...all.map((one) => `${one.name}: ${one.why}`)]);
  expect(told).toEqual([
    [
      'component desk',
      'pictures: overlays/desk/component.yaml:9',
      'wish: recommended by pictures, overlays/desk/component.yaml:9',
    ],
    [
      'component net',
      'lib: needed by host, overlays/net/component.yaml:4',
      'shared: needed by host, overlays/net/component.yaml:4',
      'host: overlays/net/component.yaml:4',
      'deep: needed by lib, by host, overlays/net/component.yaml:4',
    ],
    ['flavour small', 'linux-image-1: kickstarts/flavours/small.yaml:3'],
    ['essential to every debian-13', 'base: essential'],
    ['made when packages were installed'],
    ['made by configuration'],
  ]);
});

test('all files are counted once: links to one content, what is made for a package, what a component writes over one', () => {
  const size = sizeOf();
  expect(size.total).toMatchObject({ installedBytes: 41 * MIB + 220, files: files.length });
  expect(size.bringers.reduce((sum, one) => sum + one.installedBytes, 0)).toBe(size.total.installedBytes);
  expect(bringer(size, 'component net')).toMatchObject({ installedBytes: 15 * MIB + 100, ownFiles: { files: 1 } });
  expect(bringer(size, 'flavour small')).toMatchObject({ installedBytes: 6 * MIB });
  // shared is wanted by both.
  expect(bringer(size, 'component net').alone.installedBytes).toBe(11 * MIB);
});

test('compressed sizes add up to what was measured; what nothing compresses stays as it is, and nothing grows', () => {
  const size = sizeOf({ debs: { pictures: 1, lib: 0.2, shared: 0.2, host: 0.3 }, squashfsMiB: 31 });
  expect(size.compressedBy).toBe('shared by .deb');
  expect(size.total.compressedBytes / MIB).toBeCloseTo(31, 4);
  const of = (owner: string, name: string) =>
    bringer(size, owner).packages.find((one) => one.name === name)?.compressedBytes ?? Number.NaN;
  expect(of('component desk', 'pictures')).toBe(16 * MIB);
  expect(of('component net', 'lib')).toBeLessThan(4 * MIB);
  expect(of('component net', 'lib') / of('component net', 'shared')).toBeCloseTo(2, 5);
});

test.each<[string, Sample, string, string]>([
  ['an earlier build', { squashfsMiB: 20 }, 'shared by size', 'rough estimates'],
  ['a disk', { debs: { lib: 0.25 } }, 'as in .deb', 'Compressed sizes are estimates, by how'],
  ['a disk of an earlier build', {}, 'unknown', 'Compressed sizes are not known'],
])('of %s it is said how compressed sizes are known', (_what, sample, by, words) => {
  const size = sizeOf(sample);
  expect(size.compressedBy).toBe(by);
  expect(sizeInText(size)).toContain(words);
  if (by === 'unknown') expect(sizeInText(size)).not.toContain(' compressed  MiB');
});

test('removals: the most for each thing that breaks, with what goes along and who asked', () => {
  const { removals } = sizeOf();
  expect(removals.map(({ name }) => name)).toEqual(['pictures', 'host', 'wish']);
  expect(removals[0]).toMatchObject({
    along: ['wish'],
    installedBytes: 19 * MIB,
    breaks: [{ kind: 'package', name: 'pictures', by: 'component desk', said: 'overlays/desk/component.yaml:9' }],
  });
  expect(removals[1]).toMatchObject({
    along: ['lib', 'deep'],
    breaks: [
      { kind: 'package', name: 'host' },
      { kind: 'unit', name: 'host@a.service', by: 'component net', said: 'serves' },
    ],
  });
  expect(removals.at(-1)).toMatchObject({ name: 'wish', breaks: [] });
});

test('what was recommended in vain is no reason where the kickstart leaves weak dependencies out', () => {
  const size = sizeOf({ weak: false });
  expect(bringer(size, 'nothing that the build noted').packages.map(({ name }) => name)).toEqual(['wish']);
  expect(size.removals.map(({ name }) => name)).not.toContain('wish');
});

test('as text: packages from a mebibyte on by name, the others counted', () => {
  const text = sizeInText(sizeOf({ squashfsMiB: 20 }));
  expect(text).toContain('8.0        3.9    lib  # needed by host, overlays/net/component.yaml:4\n');
  expect(text).toContain('component net, of which others would bring 4.0');
  expect(text).toContain('pictures, with wish\n');
  expect(text).toContain('component net enables host@a.service: serves');
  expect(text).toContain('nothing that is asked for breaks: a recommendation brought it');
});

test('the command tells of a build, in words and as JSON, and of none that it is none', () => {
  const directory = buildDirectory();
  const told = recordingContext();
  size({ image: directory }, told.context);
  expect(told.output()).toContain('small on debian-13');
  expect(told.output()).toContain('  small.iso: 0.0 KiB (root file system');
  const json = recordingContext();
  size({ image: directory, json: true }, json.context);
  expect(JSON.parse(json.output())).toMatchObject({ flavour: 'small', compressedBy: 'shared by .deb' });
  expect(() => size({ image: buildDirectory({ withoutDossier: true }) }, json.context)).toThrow('did not note');
  expect(() => size({ image: 'nano' }, json.context)).toThrow('nano has not been built');
  expect(() => size({ image: 'nanoo' }, json.context)).toThrow('no flavour `nanoo`');
});
