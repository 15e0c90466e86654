export { bootsAs, type ImageKind, isLive, type OutputId, outputFacts, outputIds } from './outputs.ts';
