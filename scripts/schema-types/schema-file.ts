import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JSONSchema } from 'json-schema-to-typescript';

/** A part of a schema, and the file that it stands in: its `$ref`s begin there. */
export interface Part {
  readonly schema: JSONSchema;
  readonly file: string;
  /** The key below `definitions`, where the part is one. */
  readonly definition?: string;
}

export function readSchema(file: string): Part {
  const schema: JSONSchema = JSON.parse(readFileSync(file, 'utf8'));
  return { schema, file };
}

/**
 * What a `$ref` in `from` means: `#/definitions/x`, `other.schema.json#/definitions/x`, `other.schema.json#/properties/x`.
 * @throws Error where there is no such thing
 */
export function follow(ref: string, from: string): Part {
  const [name = '', pointer = ''] = ref.split('#');
  const { schema, file } = readSchema(name === '' ? from : path.join(path.dirname(from), name));
  const [, holder, key = ''] = pointer.split('/');
  const definition = holder === 'definitions' ? schema.definitions?.[key] : undefined;
  if (definition !== undefined) return { schema: definition, file, definition: key };
  const property = holder === 'properties' ? schema.properties?.[key] : undefined;
  if (property === undefined) throw new Error(`${from}: there is no ${ref}`);
  return { schema: property, file };
}
