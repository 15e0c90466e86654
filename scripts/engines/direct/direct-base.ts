import { ReportedError } from '../../diagnostic/index.ts';
import type { ResolvedBase } from '../../flavour/index.ts';
import type { DirectBase } from './base.ts';

/**
 * What the direct engine needs of a base.
 * @throws ReportedError when the base is not one it can install
 */
export function directBase(base: ResolvedBase): DirectBase {
  if (base.family !== 'deb') {
    throw new ReportedError({
      code: 'engine-cannot-base',
      severity: 'error',
      message: `the direct engine does not build ${base.name} yet: it installs Debian packages only`,
      span: base.at,
      hint: 'Use --base debian-13. Fedora images are made by livemedia-creator from the rendered kickstart.',
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
