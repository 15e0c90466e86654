export { loadTopology, topologyNames } from './load.ts';
export { type Circumstances, defaultTopology, defaultTopologyFile, resolveTopology } from './resolve.ts';
export type { TopologyFile } from './topology-file.ts';
