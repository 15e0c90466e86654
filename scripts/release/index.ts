/** A published directory: its signature, and whether it is what it says. */
export { isAddress, publishedAddress } from './address.ts';
export { type Claim, notClaimed, someOf, verified, wrong } from './claim.ts';
export { publishedDirectory } from './directory.ts';
export { FILES } from './dossier-claims.ts';
export { filesOf } from './files-of.ts';
export type { StatedTest } from './judge-statement.ts';
export { keepVerified } from './keep-verified.ts';
export { OPENPGP, openPgpBy, signByOpenPgp } from './openpgp.ts';
export { openPgpKeys } from './openpgp-keys.ts';
export { writeProvenance } from './provenance.ts';
export type { Published } from './published.ts';
export { type RebuildRequest, rebuildRequest } from './rebuild-request.ts';
export { listsAll, readSums, SIGNATURE, signAll, signPublished } from './sign-sums.ts';
export type { Sum } from './sums.ts';
export { reportedTests } from './test-results.ts';
export { untrustedKey } from './trust.ts';
export { verify } from './verify.ts';
