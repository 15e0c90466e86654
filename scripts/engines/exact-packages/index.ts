/**
 * Lists of exact packages of Debian (lines `FILE BYTES SHA256:SUM`): fetched from wherever they are, verified, and installed as the
 * only ones that apt sees.
 */

export { copyPackages, packagesOf } from './cached-packages.ts';
export { downloadPackages } from './download.ts';
export { addressesOf, type ExactList, type RepositoryAddress } from './exact-list.ts';
export { makeRepository, repositorySource } from './local-repository.ts';
