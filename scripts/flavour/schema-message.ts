import type { ErrorObject } from 'ajv';
import { closest, type Diagnostic, type Span } from '../diagnostic/index.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

/** Says in plain words what a schema found, at its place. Values are not repeated: one may be a secret. */
export function describeViolation(error: ErrorObject, source: YamlSource): Diagnostic {
  const path = pathOf(error, source.data);
  const value = valueAt(source.data, path);
  const name = nameOf(path);
  const expected = (error.parentSchema as { title?: string } | undefined)?.title;
  const found = (code: string, message: string, span: Span, hint?: string): Diagnostic => ({
    code,
    severity: 'error',
    message,
    span,
    ...(hint === undefined ? {} : { hint }),
  });

  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
      const slip = closest(key, known);
      const hint = slip ? `did you mean \`${slip}\`?` : `known keys: ${known.join(', ')}`;
      return found('unknown-key', `unknown key \`${key}\``, source.spanOfKey([...path, key]), hint);
    }
    case 'required':
      return found('missing-key', `${name} lacks \`${error.params.missingProperty}\``, source.spanOfValue(path));
    case 'type':
      return found('wrong-type', `${name} must be ${expected}, not ${kindOf(value)}`, source.spanOfValue(path));
    case 'enum': {
      const allowed = (error.params.allowedValues as readonly unknown[]).map(String);
      const slip = typeof value === 'string' ? closest(value, allowed) : undefined;
      const hint = slip ? `did you mean \`${slip}\`?` : undefined;
      return found('wrong-value', `${name} must be ${expected}`, source.spanOfValue(path), hint);
    }
    default:
      if (error.propertyName !== undefined) {
        return found('wrong-name', `not ${expected}`, source.spanOfKey([...path, error.propertyName]));
      }
      return found('wrong-value', `${name} must be ${expected}`, source.spanOfValue(path));
  }
}

function pathOf(error: ErrorObject, data: unknown): ValuePath {
  const steps = error.instancePath.split('/').slice(1);
  const path: (string | number)[] = [];
  for (const step of steps) {
    const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(data, path)) ? Number(plain) : plain);
  }
  return path;
}

function valueAt(data: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], data);
}

/** What a reader calls the value at `path`: its key, or "entry 2 of `packages`". */
function nameOf(path: ValuePath): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'string') return `\`${last}\``;
  return `entry ${last + 1} of \`${path.findLast((step) => typeof step === 'string')}\``;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'a number';
  return 'true or false';
}
