/** Reading JSON that anybody may have written: whatever stands there, nothing fails. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object in a JSON text; undefined where it is something else. */
export function objectIn(text: Uint8Array | string | undefined): Fields | undefined {
  if (text === undefined) return undefined;
  try {
    return fieldsOf(JSON.parse(text.toString()));
  } catch {
    return undefined;
  }
}

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** The objects of a list; none where it is no list. */
export function objectsOf(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) return [];
  return value.map(fieldsOf).filter((one) => one !== undefined);
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
