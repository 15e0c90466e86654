import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { run as build } from '../../scripts/commands/build.ts';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import type { Manifest } from '../../scripts/image/index.ts';
import { FakePrograms } from '../engines/livemedia/fake-programs.ts';
import { type TreeChanges, writeInstalledTree } from '../engines/livemedia/installed-tree.ts';
import { renderShipped } from '../render/shipped.ts';
import { recordingContext } from './recording-context.ts';

const image = 'phyllome-nano-fedora-44.iso';
/** The runner in a container is refused to others, and without loop devices. */
const canPodman = process.getuid?.() === 0 && existsSync('/dev/loop-control');

const rendered = renderShipped('nano', 'fedora-44');

/** Builds nano in a container of which all programs are stand-ins; `changes`: of what a good image would hold. */
async function built(changes?: TreeChanges) {
  const { context, output, warnings } = recordingContext();
  const writeTree = changes && ((tree: string) => writeInstalledTree(tree, rendered, changes));
  const fake = new FakePrograms('success', 10, writeTree);
  vi.stubEnv('PATH', `${path.join(import.meta.dirname, '../fake-bin')}:${process.env.PATH}`);
  const asked = { flavour: 'nano', base: 'fedora-44', runner: 'podman' } as const;
  const error = await build(asked, { ...context, runner: fake })
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    .finally(() => vi.unstubAllEnvs());
  if (error !== undefined && !(error instanceof ReportedError)) throw error;
  const directory = path.join(context.places.out, 'nano-fedora-44');
  const read = (name: string) => readFileSync(path.join(directory, name), 'utf8');
  return { error, directory, read, output, warnings };
}

test.runIf(canPodman)(
  'what livemedia-creator made has manifest, record and checksums, as what `test` takes',
  async () => {
    const { error, directory, read, output } = await built({});
    expect(error).toBeUndefined();
    const manifest = JSON.parse(read('manifest.json')) as Manifest;
    expect(output()).toContain(`${path.join(directory, image)}  0 MiB, ${manifest.packages.length} packages`);
    expect(manifest).toMatchObject({
      unknown: ['sizes'],
      base: 'fedora-44',
      image: {
        file: image,
        kind: 'live-iso',
        volumeId: expect.stringMatching(/^PHYLLOME_NANO_[0-9A-F]{8}$/),
        sizeBytes: 4096,
      },
    });
    expect(manifest.packages.map(({ name }) => name)).toContain('kernel-core');
    expect(manifest.checks.length).toBeGreaterThan(0);
    const states = Object.fromEntries(manifest.units.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({ 'dbus-broker.service': 'enabled', 'dnf-makecache.timer': 'disabled' });
    expect(manifest.files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
    expect(manifest.installed).toContainEqual({ what: 'host name', asked: 'phyllome', found: 'phyllome' });
    expect(read('SHA256SUMS').trim().split('\n')).toEqual([
      `${manifest.image.sha256}  ${image}`,
      expect.stringMatching(/^[0-9a-f]{64} {2}manifest\.json$/),
    ]);
    expect(JSON.parse(read('build.json'))).toMatchObject({
      engine: 'livemedia',
      runner: 'podman',
      kickstart: 'nano.ks',
    });
  },
);

test.runIf(canPodman)(
  'where nobody can look at it, the installer’s log tells of packages, and the rest is unknown',
  async () => {
    const { error, read, warnings } = await built();
    expect(error).toBeUndefined();
    const manifest = JSON.parse(read('manifest.json')) as Manifest;
    expect(manifest).toMatchObject({ unknown: ['units', 'files', 'sizes'] });
    expect(manifest.installed).toBeUndefined();
    expect(manifest.packages[0]).toEqual({ name: 'bash', version: '5.3.9-3.fc44', architecture: 'x86_64' });
    expect(manifest.units.map(({ state }) => state)).toContain('unknown');
    expect(warnings.map(({ message }) => message).join('\n')).toContain('Looking at what is in the image');
  },
);

test.runIf(canPodman)(
  'an image that is not what was asked for is an error, and nothing that could be tested',
  async () => {
    const { error, directory } = await built({
      'etc/hostname': undefined,
      'usr/lib/systemd/units': (good) => good.replace('dbus-broker.service enabled', 'dbus-broker.service disabled'),
    });
    expect(error?.diagnostics.map(({ code }) => code).sort()).toEqual(['image-differs', 'preset-not-kept']);
    expect(error?.diagnostics[0]?.hint).toContain(path.join(directory, image));
    expect(existsSync(path.join(directory, image))).toBe(true);
    expect(existsSync(path.join(directory, 'manifest.json'))).toBe(false);
  },
);
