import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Diagnostic } from '../diagnostic/index.ts';
import { describeViolation } from './schema-message.ts';
import type { SchemaKinds } from './source-files.ts';
import type { SchemaKind } from './source-kinds.ts';
import { validatorOf } from './validators.ts';
import type { YamlSource } from './yaml-source.ts';

/** The file's data when it fits the schema of its kind, and what is wrong where it does not. */
export function checkSchema<K extends SchemaKind>(
  kind: K,
  source: YamlSource,
): { readonly data?: SchemaKinds[K]; readonly diagnostics: readonly Diagnostic[] } {
  return checkAgainst(validatorOf(kind) as ValidateFunction<SchemaKinds[K]>, source);
}

/** The file's data when `validate` accepts it, and what is wrong where it does not. */
export function checkAgainst<T>(
  validate: ValidateFunction<T>,
  source: YamlSource,
): { readonly data?: T; readonly diagnostics: readonly Diagnostic[] } {
  if (source.diagnostics.length > 0) return { diagnostics: source.diagnostics };
  if (validate(source.data)) return { data: source.data, diagnostics: [] };
  const errors = validate.errors ?? [];
  const telling = errors.filter((error) => !isEcho(error));
  const diagnostics = telling.map((error) => describeViolation(error, source));
  return { diagnostics: diagnostics.sort((a, b) => offsetOf(a) - offsetOf(b)) };
}

/** Says again, less well, what another error says: that a key's name is wrong, or that one choice of several is not met. */
function isEcho({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword === 'propertyNames' || schemaPath.includes('/oneOf/');
}

function offsetOf({ span }: Diagnostic): number {
  return span?.start.offset ?? 0;
}
