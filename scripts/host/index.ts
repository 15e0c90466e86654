export { checkDiskSpace } from './disk-space.ts';
export { checkNamespaces } from './namespaces.ts';
export { checkPrograms } from './programs.ts';
