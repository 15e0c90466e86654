import { Ajv, type ValidateFunction } from 'ajv';
import baseSchema from '../../kickstarts/schema/base.schema.json' with { type: 'json' };
import componentSchema from '../../kickstarts/schema/component.schema.json' with { type: 'json' };
import flavourSchema from '../../kickstarts/schema/flavour.schema.json' with { type: 'json' };
import hardwareSchema from '../../kickstarts/schema/hardware.schema.json' with { type: 'json' };
import overlaySchema from '../../kickstarts/schema/overlay.schema.json' with { type: 'json' };
import sharedSchema from '../../kickstarts/schema/shared.schema.json' with { type: 'json' };
import type { SchemaKind } from './source-kinds.ts';

// Compiling takes a tenth of a second: `ci/bundle.mjs` puts the compiled functions in this file's place.
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, verbose: true, schemas: [sharedSchema] });
const schemas = {
  flavour: flavourSchema,
  component: componentSchema,
  base: baseSchema,
  hardware: hardwareSchema,
  overlay: overlaySchema,
};
ajv.addSchema(Object.values(schemas));

/** The function that checks one kind of source file against its JSON Schema. */
export function validatorOf(kind: SchemaKind): ValidateFunction {
  const validate = ajv.getSchema(schemas[kind].$id);
  if (!validate) throw new Error(`no schema ${schemas[kind].$id}`);
  return validate;
}
