export { explainPackages, packagesUnknownTo } from './explain-packages.ts';
export { toolsMirror } from './tools-mirror.ts';
export { toolsRoot } from './tools-root.ts';
export { toolsStage } from './tools-stage.ts';
