import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { run as build } from '../../scripts/commands/build.ts';
import type { Manifest } from '../../scripts/image/index.ts';
import { FakePrograms } from '../engines/livemedia/fake-programs.ts';
import { recordingContext } from './recording-context.ts';

const image = 'phyllome-nano-fedora-44.iso';
/** The runner in a container is refused to others, and without loop devices. */
const canPodman = process.getuid?.() === 0 && existsSync('/dev/loop-control');

test.runIf(canPodman)(
  'what livemedia-creator made has manifest, record and checksums, as what `test` takes',
  async () => {
    const { context, output } = recordingContext();
    const fake = new FakePrograms('success');
    vi.stubEnv('PATH', `${path.join(import.meta.dirname, '../fake-bin')}:${process.env.PATH}`);
    await build({ flavour: 'nano', base: 'fedora-44', runner: 'podman' }, { ...context, runner: fake }).finally(() =>
      vi.unstubAllEnvs(),
    );
    const directory = path.join(context.places.out, 'nano-fedora-44');
    expect(output()).toContain(`${path.join(directory, image)}  0 MiB, 3 packages`);
    const read = (name: string) => readFileSync(path.join(directory, name), 'utf8');
    const manifest = JSON.parse(read('manifest.json')) as Manifest;
    expect(manifest).toMatchObject({
      unknown: ['units', 'files', 'sizes'],
      base: 'fedora-44',
      image: {
        file: image,
        kind: 'live-iso',
        volumeId: expect.stringMatching(/^PHYLLOME_NANO_[0-9A-F]{8}$/),
        sizeBytes: 4096,
      },
    });
    expect(manifest.packages[0]).toEqual({ name: 'bash', version: '5.3.9-3.fc44', architecture: 'x86_64' });
    expect(manifest.checks.length).toBeGreaterThan(0);
    expect(manifest.units.map(({ state }) => state)).toContain('unknown');
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
