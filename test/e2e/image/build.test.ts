import { createHash, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Contents } from '../../../scripts/dossier/contents.ts';
import { unpackFiles } from '../../../scripts/dossier/file-list.ts';
import type { Manifest } from '../../../scripts/image/index.ts';
import {
  copyOfCheckout,
  forgetStage,
  leftovers,
  phyllome,
  places,
  stagesMade,
  untilItMakes,
  withoutStage,
} from './phyllome.ts';

const noNetwork = { http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };

/** What an earlier run left that was killed is not of this one: the next build that runs alone sweeps it up. */
const before = new Set(leftovers());
const ownLeftovers = () => leftovers().filter((name) => !before.has(name));
/** The cache may hold what an earlier run made of a change, so that no two runs make the same. */
const change = `\n# changed ${randomUUID()}\n`;

afterEach(() => {
  expect(ownLeftovers()).toEqual([]);
});

function manifestOf(flavour: string): Manifest {
  return JSON.parse(readFileSync(path.join(places.out, flavour, 'manifest.json'), 'utf8')) as Manifest;
}

describe.each(['nano', 'headless'])('%s', (flavour) => {
  beforeAll(async () => {
    const { exitCode, stderr } = await phyllome(['build', flavour]);
    expect(stderr).not.toContain('error');
    expect(exitCode).toBe(0);
  });

  test('everything promised is in the build directory, and the checksums are true', () => {
    const directory = path.join(places.out, flavour);
    const lines = readFileSync(path.join(directory, 'SHA256SUMS'), 'utf8').trim().split('\n');
    const image = manifestOf(flavour).image.file;
    const bills = ['spdx', 'cdx'].map((format) => image.replace('.iso', `.${format}.json`));
    expect(lines.map((line) => line.split('  ')[1])).toEqual([
      image,
      'contents.json',
      'files.gz',
      ...bills,
      'manifest.json',
    ]);
    for (const line of lines) {
      const [hash, name = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(readFileSync(path.join(directory, name)))
          .digest('hex'),
      ).toBe(hash);
    }
    for (const name of [`${flavour}.ks`, `${flavour}.map.json`, 'build.json', 'logs'])
      expect(existsSync(path.join(directory, name))).toBe(true);
  });

  test('it is what it says, and tells where it comes from', async () => {
    const { stdout, exitCode } = await phyllome(['verify', path.join(places.out, flavour), '--unsigned']);
    expect(stdout).not.toMatch(/^wrong/m);
    expect(stdout).toMatch(/^not claimed {2}where it comes from: provenance.json is not signed \(phyllome /m);
    expect(exitCode).toBe(0);
  });

  test('what is in it is known: every package has its checksum, every file its own', async () => {
    const directory = path.join(places.out, flavour);
    const contents = JSON.parse(readFileSync(path.join(directory, 'contents.json'), 'utf8')) as Contents;
    expect(contents.packages.map(({ name, version, architecture }) => ({ name, version, architecture }))).toEqual(
      manifestOf(flavour).packages,
    );
    expect(contents.packages.filter(({ sha256, debBytes }) => sha256 === undefined || !debBytes)).toEqual([]);
    const files = unpackFiles(readFileSync(path.join(directory, 'files.gz')));
    expect(files.filter(({ type, sha256 }) => type === 'file' && sha256 === undefined)).toEqual([]);
    expect(files.find((file) => file.path === '/usr/bin/su')).toMatchObject({ mode: '4755', owner: 'root:root' });
    const sums = new Map(files.map((file) => [file.path, file.sha256]));
    for (const file of manifestOf(flavour).files) expect(sums.get(file.path)).toBe(file.sha256);
    // What dependencies alone brought has a way to a line of the sources.
    const why = await phyllome(['why', flavour, 'libkmod2']);
    expect(why.stdout).toMatch(/^package libkmod2, in [\s\S]*overlays\/[\w-]+\/component\.yaml:\d+$/m);
    const told = await phyllome(['sbom', flavour]);
    const written = manifestOf(flavour).image.file.replace('.iso', '.spdx.json');
    expect(told.stdout).toBe(readFileSync(path.join(directory, written), 'utf8'));
  });

  test('nothing weakens it that nobody gave a reason for, and each reason is one', async () => {
    const { exitCode, stdout, stderr } = await phyllome(['posture', flavour, '--json']);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const { points } = JSON.parse(stdout) as { points: readonly { kind: string; reason: { reason: string } }[] };
    expect(points.filter(({ reason }) => reason.reason.length < 10)).toEqual([]);
    // More than nothing was looked at.
    expect([...new Set(points.map(({ kind }) => kind))].sort()).toEqual(['file', 'setting', 'unit']);
  });

  test('what the preset says is what is enabled', () => {
    const manifest = manifestOf(flavour);
    const wanted = {
      enable: ['enabled', 'enabled-runtime', 'alias'],
      disable: ['disabled', 'static', 'indirect'],
      mask: ['masked'],
    };
    const wrong = manifest.units.filter((unit) => !wanted[unit.preset].includes(unit.state));
    expect(wrong).toEqual([]);
    expect(manifest.units.length).toBeGreaterThan(3);
  });

  test('a second build makes nothing', async () => {
    expect((await phyllome(['build', flavour])).exitCode).toBe(0);
    expect(stagesMade(flavour)).toEqual([]);
  });
});

test('an overlay file that the initramfs does not contain: only configuration and ISO are made anew', async () => {
  expect((await phyllome(['build', 'headless'])).exitCode).toBe(0);
  const built = path.join(places.out, 'headless');
  const before = path.join(places.out, 'headless-before');
  cpSync(built, before, { recursive: true });
  const checkout = copyOfCheckout();
  appendFileSync(path.join(checkout, 'overlays/qemu/rootfs/etc/libvirt/qemu.conf'), change);
  expect((await phyllome(['build', 'headless'], { checkout })).exitCode).toBe(0);
  expect(stagesMade('headless')).toEqual(['configure', 'squashfs', 'live-iso']);
  const { stdout } = await phyllome(['diff', before, built]);
  expect(stdout).toMatch(
    /^files: 1 different\n {2}~ \/etc\/libvirt\/qemu\.conf: \d+ bytes → \d+ bytes {2}# component qemu: overlays\/qemu\/rootfs\/etc\/libvirt\/qemu\.conf\n/,
  );
  // Packed, it may be as large as before; tests may have been made of the image before.
  const others = /^(?:sizes|Not compared, as no test was made of both)/;
  expect(stdout.match(/^\S.*:/gm)?.filter((part) => !others.test(part))).toEqual(['files:']);
  rmSync(before, { recursive: true });
  appendFileSync(path.join(checkout, 'overlays/vfio/rootfs/etc/dracut.conf.d/90-phyllome-vfio.conf'), change);
  expect((await phyllome(['build', 'headless'], { checkout })).exitCode).toBe(0);
  expect(stagesMade('headless')).toEqual(['configure', 'initramfs', 'squashfs', 'live-iso']);
  rmSync(checkout, { recursive: true });
  expect((await phyllome(['build', 'headless'])).exitCode).toBe(0);
});

test('--offline makes the root tree from the download cache, without any network', async () => {
  forgetStage('nano', 'root-tree');
  const { exitCode, stderr } = await phyllome(['build', 'nano', '--offline'], { env: noNetwork });
  expect(stderr).not.toContain('error');
  expect(exitCode).toBe(0);
  expect(stagesMade('nano')).toEqual(['root-tree']);
});

test('--offline with a package missing in the cache says so', async () => {
  const packages = path.join(places.cache, 'packages');
  const victim = path.join(packages, readdirSync(packages).find((name) => name.startsWith('dbus-broker_')) ?? '');
  await withoutStage('nano', 'root-tree', async () => {
    renameSync(victim, `${victim}.away`);
    const { exitCode, stderr } = await phyllome(['build', 'nano', '--offline'], { env: noNetwork });
    renameSync(`${victim}.away`, victim);
    expect(stderr).toContain('packages are missing in the download cache');
    expect(exitCode).toBe(1);
  });
  expect((await phyllome(['build', 'nano', '--offline'], { env: noNetwork })).exitCode).toBe(0);
});

test('a package that was altered in the download cache is fetched again, and not installed', async () => {
  const packages = path.join(places.cache, 'packages');
  const victim = path.join(packages, readdirSync(packages).find((name) => name.startsWith('dbus-broker_')) ?? '');
  const right = readFileSync(victim);
  const altered = Buffer.from(right);
  altered.writeUInt8((altered.readUInt8(right.length - 1) + 1) % 256, right.length - 1);
  forgetStage('nano', 'root-tree');
  writeFileSync(victim, altered);
  const offline = await phyllome(['build', 'nano', '--offline'], { env: noNetwork });
  expect(offline.exitCode).toBe(1);
  expect((await phyllome(['build', 'nano'])).exitCode).toBe(0);
  expect(readFileSync(victim).equals(right)).toBe(true);
});

test('no mirror: the address and the way out are told, and nothing half-made stays', async () => {
  const { exitCode, stderr } = await phyllome(['build', 'nano', '--refresh'], { env: noNetwork });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /http:\/\/deb\.debian\.org\/debian\/dists\/trixie\/InRelease\n +Unable to connect to 127\.0\.0\.1:9/,
  );
  expect(stderr).toContain('[mirror-unreachable]');
  expect(stderr).toContain('--offline');
});

test('a failing %post is told with its kickstart line, the file it comes from and its last output', async () => {
  const checkout = copyOfCheckout();
  mkdirSync(path.join(checkout, 'overlays/broken'), { recursive: true });
  writeFileSync(path.join(checkout, 'overlays/broken/fail.sh'), 'echo "this is the reason" >&2\nexit 7\n');
  writeFileSync(
    path.join(checkout, 'overlays/broken/component.yaml'),
    'component: broken\nsummary: fails\npost:\n  - source: fail.sh\n    reason: a test\n',
  );
  writeFileSync(
    path.join(checkout, 'kickstarts/flavours/broken.yaml'),
    'flavour: broken\nsummary: fails\nextends: nano\ncomponents: [broken]\n',
  );
  const { exitCode, stderr } = await phyllome(['build', 'broken'], { checkout });
  rmSync(checkout, { recursive: true });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/broken\.ks:\d+:\d+: error: %post at line \d+ exited with status 7/);
  expect(stderr).toContain('overlays/broken/');
  expect(stderr).toContain('this is the reason');
});

test('Ctrl-C: exit 130, nothing stays, and the next build goes on from the cache', async () => {
  const checkout = copyOfCheckout();
  appendFileSync(
    path.join(checkout, 'overlays/footprint/rootfs/usr/lib/systemd/journald.conf.d/50-phyllome.conf'),
    change,
  );
  const running = phyllome(['build', 'nano'], {
    checkout,
    onStart: async (pid) => {
      await untilItMakes(pid);
      process.kill(pid, 'SIGINT');
    },
  });
  const { exitCode, stderr } = await running;
  expect(stderr).toContain('interrupted');
  expect(exitCode).toBe(130);
  expect(ownLeftovers()).toEqual([]);
  expect((await phyllome(['build', 'nano'], { checkout })).exitCode).toBe(0);
  rmSync(checkout, { recursive: true });
});

test('killed with -9: nothing runs on, and the next build sweeps up', async () => {
  const checkout = copyOfCheckout();
  appendFileSync(
    path.join(checkout, 'overlays/footprint/rootfs/usr/lib/systemd/journald.conf.d/50-phyllome.conf'),
    `${change}# again\n`,
  );
  await phyllome(['build', 'nano'], {
    checkout,
    onStart: async (pid) => {
      await untilItMakes(pid);
      process.kill(pid, 'SIGKILL');
    },
  });
  expect((await phyllome(['build', 'nano'], { checkout })).exitCode).toBe(0);
  rmSync(checkout, { recursive: true });
});

test('a base that the engine cannot build is refused before anything starts', async () => {
  const { exitCode, stderr } = await phyllome(['build', 'nano', '--base', 'fedora-44', '--engine', 'direct']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('the direct engine does not build fedora-44');
});
