/** What the published JSON Schema of OpenVEX 0.2.0 (openvex/spec, openvex_json_schema.json) asks of what is written here. */
const text = { type: 'string' };
const iri = { type: 'string', format: 'uri' };
const time = { type: 'string', format: 'date-time' };
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const list = (items: object, minItems = 0) => ({ type: 'array', uniqueItems: true, minItems, items });

const statement = {
  ...closed(
    {
      '@id': iri,
      vulnerability: closed({ '@id': iri, name: text, description: text, aliases: list(text) }, ['name']),
      timestamp: time,
      products: list(
        closed({
          '@id': iri,
          identifiers: closed({ purl: text }),
          subcomponents: list(closed({ '@id': iri, identifiers: closed({ purl: text }) })),
        }),
      ),
      status: { enum: ['not_affected', 'affected', 'fixed', 'under_investigation'] },
      status_notes: text,
      justification: {
        enum: [
          'component_not_present',
          'vulnerable_code_not_present',
          'vulnerable_code_not_in_execute_path',
          'vulnerable_code_cannot_be_controlled_by_adversary',
          'inline_mitigations_already_exist',
        ],
      },
      impact_statement: text,
      action_statement: text,
    },
    ['vulnerability', 'status'],
  ),
  allOf: [
    {
      if: { properties: { status: { const: 'not_affected' } } },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
      then: {
        oneOf: [
          { required: ['justification'], not: { required: ['impact_statement'] } },
          { required: ['impact_statement'], not: { required: ['justification'] } },
        ],
      },
    },
    {
      if: { properties: { status: { const: 'affected' } } },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
      then: { required: ['action_statement'] },
    },
  ],
};

export const openVexSchema = closed(
  {
    '@context': { const: 'https://openvex.dev/ns/v0.2.0' },
    '@id': iri,
    author: text,
    role: text,
    timestamp: time,
    version: { type: 'integer', minimum: 1 },
    tooling: text,
    statements: list(statement, 1),
  },
  ['@context', '@id', 'author', 'timestamp', 'version', 'statements'],
);
