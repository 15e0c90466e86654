export { bootsAs, type ImageKind, type OutputId, outputFacts, outputIds } from './outputs.ts';
