export { explainPackages, listOf, packagesMissing, packagesUnknownTo } from './explain-packages.ts';
export { firmwareKeysFor } from './firmware-keys.ts';
export { rpmToolsStage, rpmToolsTree } from './rpm-tools.ts';
export { cachedToolsList, toolsList } from './tools-list.ts';
export { toolsMirror } from './tools-mirror.ts';
export { toolsRoot } from './tools-root.ts';
export { lockedToolsStage, toolsPackages, toolsRepository, toolsSource, toolsStage } from './tools-stage.ts';
