/** What package repositories say that they hold: questions about names, nothing is installed. */
export { type IndexedPackage, namesInDebianIndex, packagesInDebianIndex, releaseTimes } from './debian-index.ts';
export { compareDebianVersions } from './debian-version.ts';
export {
  namesInRepodata,
  type RepodataAccess,
  type RepositoryNames,
  type RpmRepository,
  updateInfoFile,
} from './repodata.ts';
export { compareRpmVersions } from './rpm-version.ts';
export { type UnpackedText, unpackedText } from './unpacked.ts';
