import type { ErrorObject, ValidateFunction } from 'ajv';
import { closest, type Diagnostic } from '../diagnostic/index.ts';
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
  const own = errors.filter((error) => !isEcho(error));
  const telling = own.filter((error) => !isToldBy(own, error));
  const diagnostics = telling.map((error) => describeViolation(error, source));
  return { diagnostics: diagnostics.sort((a, b) => offsetOf(a) - offsetOf(b)) };
}

/** Says again, less well, what another error says: that a key's name is wrong, or that one choice of several is not met. */
function isEcho({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword === 'propertyNames' || schemaPath.includes('/oneOf/');
}

/** One mistake is one finding: what follows from another one of the same value is not told beside it. */
function isToldBy(errors: readonly ErrorObject[], { keyword, instancePath, params }: ErrorObject): boolean {
  const beside = (other: string) =>
    errors.filter((error) => error.keyword === other && error.instancePath === instancePath);
  if (keyword !== 'type' && beside('type').length > 0) return true;
  const unknown = beside('additionalProperties').map((error) => String(error.params.additionalProperty));
  if (keyword === 'oneOf') return unknown.length > 0;
  if (keyword !== 'required') return false;
  // What one of several choices needs is in its words; a key that is written wrong is not missing.
  return (
    beside('oneOf').length > 0 || unknown.some((key) => closest(key, [String(params.missingProperty)]) !== undefined)
  );
}

function offsetOf({ span }: Diagnostic): number {
  return span?.start.offset ?? 0;
}
