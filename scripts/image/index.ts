export { type BuiltImage, cachedImageFile, makeManifest } from './make-manifest.ts';
export type { Budgets, Manifest } from './manifest.ts';
export { presetDifferences } from './preset-differences.ts';
export { placeFile, publish, writeWhole } from './publish.ts';
