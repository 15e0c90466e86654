export { type BuildRequest, buildFlavour } from './build-flavour.ts';
export { type AskedBuild, type BuiltImage, readBuilt } from './built-image.ts';
export { type CheckPackagesOptions, checkPackages } from './check-packages.ts';
export { rebuild } from './rebuild.ts';
export { buildTwice } from './twice.ts';
