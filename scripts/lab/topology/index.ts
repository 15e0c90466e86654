export { chosenTopology } from './chosen-topology.ts';
export { hiddenTopology, topologyNames } from './find.ts';
export { loadTopology } from './load.ts';
export {
  type Circumstances,
  defaultTopology,
  defaultTopologyFile,
  resolveTopology,
  usualMemoryMiB,
  usualProcessors,
} from './resolve.ts';
export type { TopologyFile } from './topology-file.ts';
