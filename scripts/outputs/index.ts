export { bootsAs, type ImageKind, installs, isLive, type OutputId, outputFacts, outputIds } from './outputs.ts';
