export type {
  AskedOutput,
  Engine,
  EngineLeaf,
  EngineOutput,
  Job,
  Judgement,
  PublishedImage,
  Writer,
  WrittenPlace,
} from './engine.ts';
export { engineOptions, refuseUnusedOptions } from './engine-options.ts';
export { medium, offline, output } from './options.ts';
export { type BuildRecord, recordBuild } from './record-build.ts';
