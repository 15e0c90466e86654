import type { LockedPackage, LockFile } from '../../scripts/package-lock/index.ts';

/** A package of an index, with sums and sizes that follow from its name and version. */
export function locked(name: string, version: string, more: Partial<LockedPackage> = {}): LockedPackage {
  const digits = Buffer.from(`${name} ${version}`).toString('hex');
  return {
    name,
    version,
    architecture: 'amd64',
    size: 1024 * name.length,
    sha256: digits.padEnd(64, '0').slice(0, 64),
    path: `pool/main/${name[0]}/${name}/${name}_${version.replace(/^\d+:/, '')}_amd64.deb`,
    index: 'debian',
    ...more,
  };
}

const index = {
  name: 'debian',
  repository: 'debian',
  suite: 'trixie',
  components: ['main'],
  date: '2026-11-21T09:15:44Z',
  inRelease: 'a'.repeat(64),
  madeFrom: 'http://mirror.example/debian',
};

/** A small lock of `x` on debian-13. */
export function sampleLock(more: Partial<LockFile> = {}): LockFile {
  return {
    format: 1,
    flavour: 'x',
    base: 'debian-13',
    request: {
      architecture: 'amd64',
      weakDependencies: false,
      repositories: ['debian trixie main'],
      packages: ['bash', 'nano-'],
    },
    indexes: [index],
    packages: [locked('bash', '5.2-1'), locked('libc6', '2:2.41-12', { size: 3000 })],
    tools: { request: ['xorriso'], indexes: [index], packages: [locked('xorriso', '1.5.6-1')] },
    ...more,
  };
}
