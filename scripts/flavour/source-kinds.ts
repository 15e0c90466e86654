import type { SchemaKinds } from './source-files.ts';

/** What has a schema. */
export type SchemaKind = keyof SchemaKinds;

/** The source files that have a name of their own, by the key that says it. */
export type SourceKinds = Omit<SchemaKinds, 'overlay'>;

export type SourceKind = keyof SourceKinds;
