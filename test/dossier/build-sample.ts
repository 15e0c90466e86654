import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { dossierFiles, readFacts } from '../../scripts/dossier/index.ts';
import type { BuildManifest } from '../../scripts/image/index.ts';
import { stageOutputs } from './facts-sample.ts';

const kickstart = [
  'lang C.UTF-8',
  'bootloader --append="iommu=pt"',
  'user --name=ada --groups=libvirt',
  '%packages --exclude-weakdeps',
  'iputils-ping',
  '%end',
  '',
].join('\n');

const sources = ['kickstarts/flavours/small.yaml', 'overlays/net/component.yaml'];
const lines = [
  [0, 1],
  [0, 7],
  [0, 9],
  [0, 1],
  [1, 4],
  [0, 1],
];

const kernelArguments = [{ argument: 'quiet', file: 'kickstarts/flavours/small.yaml', line: 7 }];

const manifest: BuildManifest = {
  schema: 1,
  flavour: 'small',
  base: 'debian-13',
  inputHash: '0123456789abcdef',
  image: { file: 'small.iso', kind: 'live-iso', sizeBytes: 3, sha256: 'a'.repeat(64), volumeId: 'SMALL' },
  outputs: [
    {
      output: 'live-iso',
      inputHash: '0123456789abcdef',
      files: [{ file: 'small.iso', sizeBytes: 3, sha256: 'a'.repeat(64) }],
      volumeId: 'SMALL',
    },
  ],
  kernelArguments: ['iommu=pt'],
  packages: [],
  units: [{ name: 'ssh.service', preset: 'enable', component: 'net', reason: 'people come in', state: 'enabled' }],
  userUnits: [],
  files: [
    {
      path: '/etc/motd',
      mode: '0644',
      sha256: 'b'.repeat(64),
      component: 'net',
      source: 'overlays/net/rootfs/etc/motd',
    },
  ],
  sizes: { rootBytes: 4096, squashfsBytes: 2048, initramfsBytes: 1024, kernelBytes: 512 },
  accountsWithPassword: [],
  acknowledged: [],
  budgets: {},
  checks: [],
};

export interface SampleChange {
  /** Texts that the stages left, by name. */
  readonly facts?: Readonly<Record<string, string>>;
  readonly manifest?: Partial<BuildManifest>;
  /** What an engine leaves that notes no files. */
  readonly withoutDossier?: true;
}

/** A build directory as the direct engine leaves it, of a system of some files. */
export function buildDirectory({ facts = {}, manifest: more = {}, withoutDossier }: SampleChange = {}): string {
  const directory = path.join(mkdtempSync(path.join(tmpdir(), 'built-')), 'small');
  onTestFinished(() => rmSync(path.dirname(directory), { recursive: true }));
  mkdirSync(directory);
  const whole = { ...manifest, ...more };
  const dossier = readFacts(stageOutputs(facts), { inputHash: whole.inputHash, phyllome: '0.0' });
  const packages = dossier.contents.packages.map(({ name, version, architecture }) => ({
    name,
    version,
    architecture,
  }));
  const files = new Map<string, string | Uint8Array>([
    ['manifest.json', JSON.stringify({ ...whole, packages })],
    ['small.iso', 'iso'],
    ['small.ks', kickstart],
    ['small.map.json', JSON.stringify({ schema: 1, sources, lines, kernelArguments })],
    ...(withoutDossier === true ? [] : dossierFiles(dossier)),
  ]);
  for (const [name, content] of files) writeFileSync(path.join(directory, name), content);
  return directory;
}
