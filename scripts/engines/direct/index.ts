export type { DirectBase } from './base.ts';
export { explainFailure } from './explain.ts';
export { type DirectRequest, imageKind, kernelArguments, planDirect, volumeId } from './plan.ts';
export { toolsStage } from './tools-stage.ts';
