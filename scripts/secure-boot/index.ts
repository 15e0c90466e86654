/** Secure Boot, as files tell it: who signed what firmware starts, which keys firmware has, and what comes of both. */
export { type AuthorityId, authorities } from './authorities.ts';
export { type BootProgram, type BootRole, readBootProgram, signersInWords } from './boot-program.ts';
export { type ExpectedStart, expectedStart, type SignedStart, signedStart } from './expected-start.ts';
export { type HeldKeys, heldKeys, type KeyGeneration, keyGenerations, storeFile } from './key-generations.ts';
export { readSignatureLists, type SignatureDatabase } from './signature-list.ts';
