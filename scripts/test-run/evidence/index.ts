export { collectEvidence } from './collect.ts';
export type { ChainLink } from './critical-chain.ts';
export type { Evidence } from './evidence.ts';
