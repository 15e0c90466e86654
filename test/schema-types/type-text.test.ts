import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { typeFiles } from '../../scripts/schema-types/type-files.ts';
import { typeText } from '../../scripts/schema-types/type-text.ts';

const checkout = path.resolve(import.meta.dirname, '../..');

test.each(typeFiles)(
  '$file says what its schemas say; after a change of them: npm run types',
  async ({ file, schemas }) => {
    expect(readFileSync(path.join(checkout, file), 'utf8')).toBe(await typeText(schemas, checkout));
  },
);

/** The types of schemas by the names of their files. */
async function typesOf(schemas: Readonly<Record<string, object>>): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'schema-types-'));
  for (const [name, schema] of Object.entries(schemas)) {
    writeFileSync(path.join(directory, `${name}.schema.json`), JSON.stringify(schema));
  }
  const text = await typeText(
    Object.keys(schemas)
      .filter((name) => name !== 'shared')
      .map((name) => `${name}.schema.json`),
    directory,
  );
  return text.slice(text.indexOf('\n') + 1).trim();
}

test('a description is a docstring, and everything is for reading', async () => {
  const slot = { type: 'array', items: { $ref: '#/definitions/kind' } };
  const text = await typesOf({
    shelf: {
      title: 'a shelf',
      description: 'Where things stand.',
      type: 'object',
      required: ['name'],
      properties: {
        name: { title: 'a word', type: 'string', pattern: '^\\w+$' },
        slots: { description: 'From the left.', type: 'array', minItems: 1, items: slot },
        sizes: { type: 'array', items: { type: ['string', 'number'] } },
      },
      additionalProperties: false,
      definitions: { kind: { title: 'a kind', type: 'string', enum: ['book', 'cup'] } },
    },
  });
  expect(text).toBe(`export type Kind = 'book' | 'cup';

/** Where things stand. */
export interface ShelfFile {
  readonly name: string;
  /** From the left. */
  readonly slots?: readonly (readonly Kind[])[];
  readonly sizes?: readonly (string | number)[];
}`);
});

test('what does not fit on a line is for reading, too', async () => {
  const words = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
  const text = await typesOf({
    shelf: {
      title: 'a shelf',
      type: 'object',
      properties: { kind: { type: 'string', enum: words } },
      additionalProperties: false,
    },
  });
  expect(text).toContain(`  readonly kind?:\n    | '${words[0]}'`);
});

test('keys that exclude each other do so in the type', async () => {
  const text = await typesOf({
    unit: {
      type: 'object',
      required: ['reason'],
      properties: { on: { type: 'string' }, off: { type: 'string' }, reason: { type: 'string' } },
      oneOf: [
        { required: ['on'], properties: { on: true } },
        { required: ['off'], properties: { off: true } },
      ],
    },
  });
  expect(text).toBe(`export type UnitFile =
  | {
      readonly on: string;
      readonly off?: never;
      readonly reason: string;
    }
  | {
      readonly on?: never;
      readonly off: string;
      readonly reason: string;
    };`);
});

test('what several files refer to is one type, and text stands where it is used', async () => {
  const ref = (name: string) => ({ $ref: `shared.schema.json#/definitions/${name}` });
  const file = { type: 'object', required: [], properties: { id: ref('id'), size: ref('size') } };
  const text = await typesOf({
    cup: file,
    plate: { ...file, properties: { ...file.properties, like: { $ref: 'cup.schema.json#/properties/id' } } },
    shared: {
      definitions: {
        id: { description: 'Its number.', type: 'string' },
        size: { type: ['string', 'object'], properties: { width: { type: 'integer' } } },
      },
    },
  });
  expect(text).toBe(`export type Size =
  | string
  | {
      readonly width?: number;
    };

/** What a file holds, by its kind. */
export interface SchemaKinds {
  readonly cup: CupFile;
  readonly plate: PlateFile;
}

export interface CupFile {
  /** Its number. */
  readonly id?: string;
  readonly size?: Size;
}

export interface PlateFile {
  /** Its number. */
  readonly id?: string;
  readonly size?: Size;
  /** Its number. */
  readonly like?: string;
}`);
});

test('a reference to what is not there is an error', async () => {
  const schema = { type: 'object', properties: { a: { $ref: '#/definitions/b' } } };
  await expect(typesOf({ a: schema })).rejects.toThrow('there is no #/definitions/b');
});
