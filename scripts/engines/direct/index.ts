export type { DirectBase } from './base.ts';
export { explainFailure } from './explain.ts';
export { type DirectRequest, kernelArguments, planDirect, volumeId } from './plan.ts';
