/**
 * Templates that were compiled before, by their file's name and text: compiling takes a fifth of a start, so
 * `ci/bundle.mjs` puts them in this file's place. A template that is not among them is compiled when it is loaded.
 */
export const precompiled: ReadonlyMap<string, TemplateSpecification> = new Map();
