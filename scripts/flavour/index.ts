/** Contract 1: flavour, components and base become one plain value, and every entry of it knows its place. */
export { baseNamed } from './base.ts';
export type { NameMapping } from './base-names.ts';
export { type CatalogueEntry, list, listTopologies, notRead } from './catalogue.ts';
export { whyNotRead } from './editor-copies.ts';
export { isPast, pastEndOfLife, todayAsDate } from './end-of-life.ts';
export { splitKernelCommandLine } from './kernel-command-line.ts';
export { modulesIn } from './kernel-modules.ts';
export { Library } from './library.ts';
export { encryptedUnattended } from './lint/empty-passphrase.ts';
export { automaticLogin, openLoginInstalled } from './lint/open-login.ts';
export { mappedPackages } from './mapped-packages.ts';
export type * from './model.ts';
export { listOpenLogins } from './open-logins.ts';
export { presetPattern } from './preset-pattern.ts';
export { readHardware } from './read-hardware.ts';
export { faultOfReleaseAddress, type Releases, releasesOf } from './releases.ts';
export { type Asked, type Resolution, type ResolveRequest, resolveFlavour } from './resolve.ts';
export { type OneOfAll, resolveAll } from './resolve-all.ts';
export { checkAgainst } from './schema.ts';
export type {
  BaseFile,
  Budgets,
  ComponentFile,
  DeviceEntry,
  HardwareFile,
  InstallationDisk,
  UnitEntry,
  When,
} from './source-files.ts';
export { startingComponent } from './starting/component.ts';
export { startingFlavour } from './starting/flavour.ts';
export { languageOf, xLayoutOf } from './system-values.ts';
export { titleOf } from './title.ts';
export { neverAsked, unreachedComponents } from './unused.ts';
export { expiredStatements } from './vulnerabilities.ts';
export { secretsOf, withheld, withheldFrom } from './withheld.ts';
export { readYaml, YamlSource } from './yaml-source.ts';
