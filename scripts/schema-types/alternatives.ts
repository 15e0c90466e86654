import type { JSONSchema } from 'json-schema-to-typescript';

/**
 * A schema whose `oneOf` says which keys an object must have, as one schema for each alternative: in it, what only others
 * ask for is never there.
 */
export function alternatives({ oneOf = [], ...common }: JSONSchema): readonly JSONSchema[] {
  const { description: _description, ...shared } = common;
  const asked = oneOf.flatMap(requiredBy);
  return oneOf.map((alternative): JSONSchema => {
    const type = alternative.type ?? common.type;
    if (type === 'string') return { type };
    const own = requiredBy(alternative);
    const never = asked
      .filter((key) => !own.includes(key))
      .map((key): [string, JSONSchema] => [key, { tsType: 'never' }]);
    return {
      ...shared,
      ...(type !== undefined && { type }),
      required: [...requiredBy(common), ...own],
      properties: { ...common.properties, ...Object.fromEntries(never) },
    };
  });
}

function requiredBy({ required }: JSONSchema): readonly string[] {
  return Array.isArray(required) ? required : [];
}
