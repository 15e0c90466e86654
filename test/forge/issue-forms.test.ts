import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../render/shipped.ts';

const folder = path.join(checkout, '.github/ISSUE_TEMPLATE');
const text = { type: 'string', minLength: 1 };
const object = (required: readonly string[], properties: object) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const field = (type: string, required: readonly string[], attributes: object) => ({
  ...object(['type', 'attributes'], {
    type: { const: type },
    id: { type: 'string', pattern: '^[A-Za-z0-9_-]+$' },
    attributes: object(required, attributes),
    validations: object([], { required: { type: 'boolean' } }),
  }),
});
const told = { label: text, description: text };
const typed = { ...told, placeholder: text, value: text };
const option = object(['label'], { label: text, required: { type: 'boolean' } });

/** "Syntax for GitHub's form schema" and "Syntax for issue forms" of GitHub's documentation. */
const form = {
  ...object(['name', 'description', 'body'], {
    name: text,
    description: text,
    title: text,
    labels: { type: 'array', items: text },
    body: {
      type: 'array',
      minItems: 1,
      items: {
        oneOf: [
          object(['type', 'attributes'], {
            type: { const: 'markdown' },
            attributes: object(['value'], { value: text }),
          }),
          field('textarea', ['label'], { ...typed, render: text }),
          field('input', ['label'], typed),
          field('dropdown', ['label', 'options'], {
            ...told,
            multiple: { type: 'boolean' },
            default: { type: 'integer', minimum: 0 },
            options: { type: 'array', minItems: 1, uniqueItems: true, items: text },
          }),
          field('checkboxes', ['label', 'options'], {
            ...told,
            options: { type: 'array', minItems: 1, items: option },
          }),
        ],
      },
    },
  }),
};

interface Form {
  readonly name: string;
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly attributes: { readonly label?: string };
  }[];
}

/** What the forge asks before it shows them. */
const chooser = 'config.yml';
const files = readdirSync(folder).filter((file) => file !== chooser);
const read = (file: string): unknown => parse(readFileSync(path.join(folder, file), 'utf8'));

test.each(files)('%s is a form that GitHub shows', (file) => {
  const ajv = new Ajv({ strict: true, strictTypes: false });
  const validate = ajv.compile<Form>(form);
  const data = read(file);
  if (!validate(data)) throw new Error(ajv.errorsText(validate.errors));
  const asked = data.body.filter(({ type }) => type !== 'markdown');
  expect(asked).not.toEqual([]);
  const ids = asked.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
  const labels = asked.map(({ attributes }) => attributes.label);
  expect([...new Set(labels)]).toEqual(labels);
});

test('there is nothing but forms to fill in', () => {
  expect(read(chooser)).toEqual({ blank_issues_enabled: false });
});

test('a form with a slip is none', () => {
  const validate = new Ajv({ strict: true, strictTypes: false }).compile(form);
  const body = [{ type: 'input', attributes: { label: 'x' } }];
  expect(validate({ name: 'a', description: 'b', body })).toBe(true);
  expect(validate({ name: 'a', description: 'b', body: [{ type: 'input', attributes: {} }] })).toBe(false);
  expect(validate({ name: 'a', description: 'b', body: [{ type: 'select', attributes: { label: 'x' } }] })).toBe(false);
  expect(validate({ name: 'a', body })).toBe(false);
});

test('no two forms have the same name', () => {
  const names = files.map((file) => (read(file) as Form).name);
  expect(files.length).toBeGreaterThan(1);
  expect(new Set(names).size).toBe(names.length);
});
