import { modelName } from '../src/commands/spelling.ts';
import { fieldName } from './field-names.ts';
import type { RawOption, RawVariant } from './raw-facts.ts';

/** Fields that come from words which are no options, or from the name of the command. */
const WORD_FIELDS: Readonly<Record<string, string>> = {
  authconfig: '/** Everything behind the name, as written. */ readonly text: string;',
  authselect: '/** Everything behind the name, as written. */ readonly text: string;',
  btrfs: 'readonly mountpoint: string; readonly devices: readonly string[];',
  displayMode: "readonly mode: 'text' | 'graphical' | 'cmdline';",
  driverdisk: 'readonly partition?: string;',
  iscsiname: 'readonly iqn: string;',
  keyboard: '/** Keyboard name given without an option. */ readonly keyboard?: string;',
  lang: 'readonly lang: string;',
  logvol: 'readonly mountpoint: string;',
  mount: 'readonly device: string; readonly mountpoint: string;',
  nvdimm: "readonly action: 'reconfigure' | 'use';",
  part: 'readonly mountpoint: string;',
  raid: 'readonly mountpoint: string; readonly members: readonly string[];',
  realm: '/** Words behind `join`. */ readonly words: readonly string[]; readonly realm: string;',
  reboot: "readonly action: 'reboot' | 'halt' | 'poweroff' | 'shutdown';",
  rootpw: 'readonly password: string;',
  snapshot: 'readonly origin: string;',
  sshkey: 'readonly key: string;',
  sshpw: 'readonly password: string;',
  timezone: 'readonly timezone?: string;',
  updates: 'readonly url?: string;',
  volgroup: 'readonly vgname: string; readonly physvols: readonly string[];',
};

/** Prints one type per command, with the options of all its releases. */
export function renderValueTypes(commands: Readonly<Record<string, RawVariant[]>>): string {
  const merged = new Map<string, { options: Map<string, RawOption[]>; isList: boolean }>();
  for (const [name, variants] of Object.entries(commands)) {
    const active = variants.filter((variant) => variant.status === 'active');
    if (active.length === 0) continue;
    const key = modelName(name);
    const entry = merged.get(key) ?? { options: new Map<string, RawOption[]>(), isList: false };
    merged.set(key, entry);
    for (const variant of active) {
      if (variant.repeat === 'collect') entry.isList = true;
      for (const option of variant.options ?? []) {
        const field = fieldName(option);
        entry.options.set(field, [...(entry.options.get(field) ?? []), option]);
      }
    }
  }
  const sorted = [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
  const types = sorted.map(([key, { options }]) => {
    const fields = [...options].map(([field, uses]) => `  ${renderField(field, uses)}\n`).join('');
    const words = WORD_FIELDS[key] === undefined ? '' : `  ${WORD_FIELDS[key]}\n`;
    const body = words + fields;
    return `export type ${typeName(key)} = ${body === '' ? 'Record<never, never>' : `{\n${body}}`};\n`;
  });
  const entries = sorted.map(([key, { isList }]) =>
    isList
      ? `  readonly ${key}: readonly Entry<${typeName(key)}>[];\n`
      : `  readonly ${key}?: Entry<${typeName(key)}>;\n`,
  );
  return `import type { Entry } from './entry.ts';

${types.join('\n')}
/** What the commands of a kickstart say: lists for commands that collect, one merged value for those that overwrite. */
export interface CommandModel {
${entries.join('')}}
`;
}

function typeName(key: string): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}Value`;
}

function renderField(field: string, uses: readonly RawOption[]): string {
  const types = new Set(uses.map(valueType));
  const names = [...new Set(uses.flatMap((option) => option.names))].map((name) => `\`${name}\``).join(', ');
  const isAlwaysSet = uses.some((option) =>
    option.default === undefined ? /^flag/.test(option.kind) : option.default !== null,
  );
  return `/** ${names} */ readonly ${field}${isAlwaysSet ? '' : '?'}: ${[...types].join(' | ')};`;
}

function valueType(option: RawOption): string {
  switch (option.kind) {
    case 'flag':
    case 'flag-off':
    case 'bool':
      return 'boolean';
    case 'int':
      return 'number';
    case 'list':
    case 'list+':
    case 'string-each':
    case 'ports+':
    case 'append-const':
      return 'readonly string[]';
    case 'teamslaves':
      return 'readonly (readonly [device: string, config: string])[]';
    case 'const':
      return JSON.stringify(option.const ?? option.names[0]?.replace(/^--/, ''));
    case 'choice':
      return (option.choices ?? []).map((choice) => JSON.stringify(choice)).join(' | ');
    default:
      return option.bare === undefined ? 'string' : `string | ${String(option.bare)}`;
  }
}
