import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Manifest } from '../../../scripts/image/index.ts';
import { phyllome, places } from '../image/phyllome.ts';

const test_ = path.join(import.meta.dirname, '../..');
const out = path.join(places.out, 'nano-fedora-44');
const read = <T>(...parts: string[]) => JSON.parse(readFileSync(path.join(...parts), 'utf8')) as T;

/** A directory in which `podman` is the stand-in, whose livemedia-creator "makes" the image that the direct engine made. */
function standInPodman(): string {
  const directory = mkdtempSync(path.join(places.out, 'fake-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const { image } = read<Manifest>(places.out, 'nano/manifest.json');
  const script = [
    '#!/bin/sh',
    `export FAKE_STREAM='${test_}/fixtures/livemedia/success' FAKE_RECORD='${directory}' FAKE_SECOND_MS=100`,
    `export FAKE_IMAGE='${path.join(places.out, 'nano', image.file)}' PATH="${test_}/fake-bin:$PATH"`,
    `exec '${test_}/fake-bin/podman' "$@"`,
  ];
  writeFileSync(path.join(directory, 'podman'), `${script.join('\n')}\n`, { mode: 0o755 });
  return directory;
}

/** The runner in a container is for root alone. */
test.runIf(process.getuid?.() === 0)(
  '`test` boots what livemedia-creator made, and asks what Fedora’s flavour says',
  async () => {
    const env = { PATH: `${standInPodman()}:${process.env.PATH}` };
    const built = await phyllome(['build', 'nano', '--base', 'fedora-44', '--runner', 'podman'], { env });
    expect(built.exitCode, built.stderr).toBe(0);
    const manifest = read<Manifest>(out, 'manifest.json');
    expect(manifest.unknown).toEqual(['units', 'files', 'sizes']);

    const tested = await phyllome(['test', 'nano', '--base', 'fedora-44'], { env });
    const results = read<{ base: string; image: { sha256: string }; checks: { id: string; status: string }[] }>(
      out,
      'test/bios/results.json',
    );
    expect(results).toMatchObject({ base: 'fedora-44', image: { sha256: manifest.image.sha256 } });
    expect(
      results.checks.filter(({ status }) => status === 'failed'),
      tested.stderr,
    ).toEqual([]);
  },
);
