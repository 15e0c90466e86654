export type { DirectBase } from './base.ts';
export { directBase } from './direct-base.ts';
export { explainFailure } from './explain.ts';
export { packageTotals } from './package-totals.ts';
export { type DirectRequest, planDirect } from './plan.ts';
