/** What package repositories say that they hold: questions about names, nothing is installed. */
export { type IndexedPackage, namesInDebianIndex, packagesInDebianIndex, releaseTimes } from './debian-index.ts';
export { namesInRepodata, type RepodataAccess, type RepositoryNames, type RpmRepository } from './repodata.ts';
