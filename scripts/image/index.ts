export { accountsWithPassword, imageKind, kernelArguments } from './from-kickstart.ts';
export { type InstalledImage, manifestOfInstalled } from './installed-manifest.ts';
export { installedPackages } from './installed-packages.ts';
export { cachedImageFile, makeManifest, type StagedImage } from './make-manifest.ts';
export type { ImageKind, Manifest, ManifestUnit, UnknownPart } from './manifest.ts';
export { presetDifferences } from './preset-differences.ts';
export { placeFile, publish, writeManifest } from './publish.ts';
export { volumeId } from './volume-id.ts';
