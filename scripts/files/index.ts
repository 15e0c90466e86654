export { sha256Of } from './checksum.ts';
export { copyHashed, copyWhole } from './copy-whole.ts';
export { makeDirectory } from './make-directory.ts';
export { readJson } from './read-json.ts';
export { type ReadResult, readRegular } from './read-regular.ts';
export { type Fields, fieldsOf, objectIn, objectsOf, textOf } from './untrusted-json.ts';
export { writeWhole } from './write-whole.ts';
