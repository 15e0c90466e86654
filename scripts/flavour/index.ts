/** Contract 1: flavour, components and base become one plain value, and every entry of it knows its place. */
export { type CatalogueEntry, list } from './catalogue.ts';
export { checkoutDirectory, type SourceDirectory, userDirectory } from './library.ts';
export type * from './model.ts';
export { type Resolution, type ResolveRequest, resolveFlavour } from './resolve.ts';
