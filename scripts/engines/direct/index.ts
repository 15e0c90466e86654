export { toolsStage } from '../tools/tools-stage.ts';
export type { DirectBase } from './base.ts';
export { explainFailure } from './explain.ts';
export { type DirectRequest, imageKind, kernelArguments, planDirect, volumeId } from './plan.ts';
