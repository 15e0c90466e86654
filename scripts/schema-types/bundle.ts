import path from 'node:path';
import type { JSONSchema } from 'json-schema-to-typescript';
import { alternatives } from './alternatives.ts';
import { follow, type Part, readSchema } from './schema-file.ts';

/** A schema of which the root and each definition is to become a type, and the root's name as a type. */
export interface Bundle {
  readonly name: string;
  readonly schema: JSONSchema;
}

/**
 * Schema files as one schema: the files as `FlavourFile` and its like, and what they define of objects, alternatives and
 * choices of words. Definitions of plain text, numbers and lists stand where they are referred to. Titles are left out:
 * in these schemas they are what messages call a value (`a list of names`).
 */
export function bundle(files: readonly string[]): Bundle {
  const types = new Types();
  const kinds = files.map((file) => {
    const kind = path.basename(file, '.schema.json');
    return { kind, name: types.add(`${kind}File`, readSchema(file)) };
  });
  const [only, ...others] = kinds;
  if (only !== undefined && others.length === 0) {
    const { [only.name]: root, ...definitions } = types.definitions;
    return { name: only.name, schema: { ...root, definitions } };
  }
  return {
    name: 'SchemaKinds',
    schema: {
      type: 'object',
      description: 'What a file holds, by its kind.',
      additionalProperties: false,
      required: kinds.map(({ kind }) => kind),
      properties: Object.fromEntries(kinds.map(({ kind, name }) => [kind, refTo(name)])),
      definitions: types.definitions,
    },
  };
}

class Types {
  readonly definitions: Record<string, JSONSchema> = {};

  /** Makes the part a type of its own, and answers with its name. */
  add(key: string, part: Part): string {
    const name = key.charAt(0).toUpperCase() + key.slice(1);
    if (!Object.hasOwn(this.definitions, name)) {
      // Its place is taken before it is looked into: a part may refer to itself.
      this.definitions[name] = {};
      this.definitions[name] = this.#typed(part);
    }
    return name;
  }

  /** As much of the part as a type can say; the rest is for the validator. */
  #typed({ schema, file }: Part): JSONSchema {
    const inner = (child: JSONSchema): JSONSchema => this.#typed({ schema: child, file });
    const {
      $ref,
      description,
      oneOf,
      type,
      tsType,
      required,
      properties,
      items,
      additionalProperties: others,
    } = schema;
    if ($ref !== undefined) return this.#referred($ref, description, file);
    const said = description === undefined ? {} : { description };
    if (oneOf !== undefined) return { ...said, anyOf: alternatives(schema).map(inner) };
    return {
      ...said,
      ...(type !== undefined && { type }),
      ...(tsType !== undefined && { tsType }),
      ...(schema.enum !== undefined && { enum: schema.enum }),
      ...(required !== undefined && { required }),
      ...(properties !== undefined && { properties: mapped(properties, inner) }),
      ...(items !== undefined && !Array.isArray(items) && { items: inner(items) }),
      additionalProperties: typeof others === 'object' ? inner(others) : false,
    };
  }

  #referred(ref: string, description: string | undefined, from: string): JSONSchema {
    const part = follow(ref, from);
    if (part.definition !== undefined && isType(part.schema)) return refTo(this.add(part.definition, part));
    const typed = this.#typed(part);
    return description === undefined ? typed : { ...typed, description };
  }
}

function refTo(name: string): JSONSchema {
  return { $ref: `#/definitions/${name}` };
}

function isType({ type, properties, additionalProperties, enum: words }: JSONSchema): boolean {
  return Array.isArray(type) || [properties, additionalProperties, words].some((part) => typeof part === 'object');
}

function mapped<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
