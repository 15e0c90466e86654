export { checkCachePlace } from './cache-place.ts';
export { checkDiskSpace, freeBytes } from './disk-space.ts';
export { checkNamespaces } from './namespaces.ts';
export { isOnPath } from './on-path.ts';
export { ownRevision } from './own-revision.ts';
export { checkPrograms } from './programs.ts';
export { diskResource, kvmResource, memoryResource, type Resource } from './resources.ts';
