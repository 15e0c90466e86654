/** A published directory: its signature, and whether it is what it says. */
export { isAddress, publishedAddress } from './address.ts';
export type { Claim } from './claim.ts';
export { publishedDirectory } from './directory.ts';
export { writeProvenance } from './provenance.ts';
export { listsAll, readSums, SIGNATURE, signAll, signPublished } from './sign-sums.ts';
export { verify } from './verify.ts';
