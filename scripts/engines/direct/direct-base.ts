import { ReportedError } from '../../diagnostic/index.ts';
import type { ResolvedBase } from '../../flavour/index.ts';
import type { DirectBase } from './base.ts';
import type { RpmBase } from './rpm/base.ts';

/**
 * Bases whose images this engine is not trusted with yet.
 * @throws ReportedError
 */
export function refuseUntried({ name, family, at }: ResolvedBase): void {
  if (family === 'deb') return;
  throw new ReportedError({
    code: 'engine-cannot-base',
    severity: 'error',
    message: `the direct engine does not build ${name} yet: its way for RPM packages has not passed the tests of images`,
    span: at,
    hint: 'Use --base debian-13. Fedora images are made by livemedia-creator (`--engine livemedia`).',
  });
}

/** What the direct engine needs of a base. `toolsMirror`: where the tree of tools comes from. */
export function baseToBuild(base: ResolvedBase, toolsMirror: string): DirectBase | RpmBase {
  if (base.family === 'deb') return directBase(base);
  return {
    name: base.name,
    release: base.release,
    architecture: 'x86_64',
    repositories: base.repositories.map(({ id, keyring, signedIndex = false }) => ({ id, keyring, signedIndex })),
    toolsMirror,
  };
}

/**
 * The same of what is only done with Debian's packages: locks, and questions to its indexes.
 * @throws ReportedError when the base is another one
 */
export function directBase(base: ResolvedBase): DirectBase {
  if (base.family !== 'deb') {
    throw new ReportedError({
      code: 'engine-cannot-base',
      severity: 'error',
      message: `${base.name} is not locked: exact packages are known of Debian only`,
      span: base.at,
      hint: 'Use --base debian-13, or build without a lock.',
    });
  }
  return {
    name: base.name,
    architecture: 'amd64',
    repositories: base.repositories.map((repository) => ({
      id: repository.id,
      suite: repository.suite ?? '',
      components: repository.components ?? [],
      keyring: repository.keyring ?? '',
      snapshot: repository.snapshot,
      security: repository.security,
    })),
  };
}
