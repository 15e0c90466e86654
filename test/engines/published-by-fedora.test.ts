import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Parameters, valuesOf } from '../../scripts/command-line/index.ts';
import { publishInstalled, sumsIn } from '../../scripts/engines/anaconda/index.ts';
import { engine as installer } from '../../scripts/engines/installer/engine.ts';
import { manifestFor } from '../../scripts/image/index.ts';
import type { OutputId } from '../../scripts/outputs/index.ts';
import type { Prepared } from '../../scripts/prepare/index.ts';
import { writeProvenance } from '../../scripts/release/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { typeIn } from '../commands/type-in.ts';
import { publicKey, secretKey, verifying } from '../release/published-sample.ts';
import { resolveShipped } from '../render/shipped.ts';
import { kickstartModel } from './livemedia/fixtures.ts';
import { nano } from './livemedia/look-at.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const model = kickstartModel(nano.kickstart);
const facts = {
  command: ['phyllome', 'build'],
  parameters: {},
  version: '0',
  startedOn: new Date(),
  finishedOn: new Date(),
};

function preparedIn(buildDirectory: string): Prepared {
  const flavour = resolveShipped('nano', 'fedora-44');
  return { flavour, rendered: nano, buildDirectory, kickstartFile: 'nano.ks', imageName: 'nano', warnings: [] };
}

/** Signs what was published, and verifies it by the public key. */
async function signedAndVerified(directory: string) {
  writeProvenance(directory, facts);
  await typeIn(['sign', directory, '--signing-key', secretKey()], recordingContext().context);
  return verifying(directory, '--key', publicKey);
}

describe.each([
  ['pxe', ['vmlinuz-6', 'initramfs-6', 'live-rootfs.squashfs.img', 'PXE_CONFIG']],
  ['tar', ['nano.tar.xz']],
  ['disk-raw', ['nano.raw']],
] as const)("livemedia-creator's %s", (output: OutputId, names: readonly string[]) => {
  test('has checksums, manifest and provenance, and can be signed and verified', async () => {
    const directory = scratchDirectory();
    for (const name of names) writeFileSync(path.join(directory, name), name);
    const list = path.join(directory, 'SHA256SUMS');
    writeFileSync(list, names.map((name) => `${sha256(name)}  ${name}\n`).join(''));
    const kind = output === 'disk-raw' ? ({ kind: 'disk' } as const) : {};
    const prepared = preparedIn(directory);
    const images = publishInstalled({
      flavour: 'nano',
      prepared,
      model,
      output,
      ...kind,
      sums: sumsIn(list),
      logs: [],
    });
    expect(images.map(({ file }) => path.basename(file))).toEqual(names);
    const { lines, wrong, code } = await signedAndVerified(directory);
    expect([wrong, code]).toEqual([[], 0]);
    expect(lines).toContain(`verified     manifest.json has sums and sizes of ${names.join(', ')}`);
    expect(lines).toContainEqual(expect.stringMatching(/^verified {5}provenance: made by phyllome 0/));
    // Nobody takes a kernel for a script of iPXE.
    const manifest = JSON.parse(readFileSync(path.join(directory, 'manifest.json'), 'utf8'));
    expect(manifestFor(manifest, output) === undefined).toBe(output !== 'disk-raw');
  });
});

test("Fedora's medium with a kickstart has them, too, and nothing takes it for the system", async () => {
  const buildDirectory = scratchDirectory();
  const made = path.join(scratchDirectory(), 'made');
  mkdirSync(made);
  writeFileSync(path.join(made, 'installer.iso'), 'medium');
  writeFileSync(path.join(made, 'sha256'), `${sha256('medium')}  installer.iso\n`);
  const { context: host } = recordingContext();
  const iso = {
    file: '/srv/Fedora.iso',
    sha256: 'f'.repeat(64),
    volume: { id: 'Fedora-E', bytes: 1_000_000, madeAt: 1_776_000_000 },
  };
  const request = {
    flavour: 'nano',
    title: 'Nano',
    base: 'fedora-44',
    kickstart: '',
    isSecret: false,
    unattended: false,
    iso,
  };
  const checked = {
    job: {
      prepared: preparedIn(buildDirectory),
      flavour: 'nano',
      host,
      outputs: [],
      isDryRun: false,
      logDirectory: '/nowhere',
      options: <P extends Parameters>(declared: P) => valuesOf(declared, {}),
    },
    model,
    request,
    source: { menus: new Map(), efiMenu: '' },
    surroundings: { mirror: 'http://mirror', privilege: 'root' as const },
  };
  const state = {
    directories: new Map([
      ['installer', made],
      ['tools', '/cache/tools-1'],
    ]),
    keys: new Map(),
    outcomes: [],
  };
  const [image] = await installer.publish(checked, state as never);
  expect(image).toEqual({
    file: path.join(buildDirectory, 'nano-installer.iso'),
    summary: 'asks which disk to use',
    installs: 'from the network',
  });
  expect(readdirSync(buildDirectory).sort()).toEqual([
    'SHA256SUMS',
    'build.json',
    'manifest.json',
    'nano-installer.iso',
  ]);
  const { lines, wrong, code } = await signedAndVerified(buildDirectory);
  expect([wrong, code]).toEqual([[], 0]);
  expect(lines).toContain('verified     manifest.json has sums and sizes of nano-installer.iso');
  expect(JSON.parse(readFileSync(path.join(buildDirectory, 'build.json'), 'utf8'))).toMatchObject({
    medium: { file: 'Fedora.iso', sha256: 'f'.repeat(64) },
  });
  const manifest = JSON.parse(readFileSync(path.join(buildDirectory, 'manifest.json'), 'utf8'));
  expect(manifestFor(manifest)).toBeUndefined();
});
