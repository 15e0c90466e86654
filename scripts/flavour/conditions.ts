import { closest, type Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import type { Loaded } from './library.ts';
import type { ResolvedOption } from './model.ts';
import type { OptionDefinition, OptionValue, When, WhenValue } from './source-files.ts';

/** What conditions are asked of: the options of all components, and what the base has. */
export interface Facts {
  readonly options: ReadonlyMap<string, readonly ResolvedOption[]>;
  readonly definitions: ReadonlyMap<string, Readonly<Record<string, OptionDefinition>>>;
  readonly features: readonly string[];
  /** `lang`, `keyboard` and their like. */
  readonly system: Readonly<Record<string, string | readonly string[]>>;
  /** The features of any base: others are slips of the pen. */
  readonly knownFeatures: () => readonly string[];
}

/** Answers `when:` of one component's entries; names that mean nothing are findings. */
export class Conditions {
  readonly #component: string;
  readonly #source: Loaded<'component'>['source'];
  readonly #facts: Facts;
  readonly #findings: Findings;

  constructor(component: string, { source }: Pick<Loaded<'component'>, 'source'>, facts: Facts, findings: Findings) {
    this.#component = component;
    this.#source = source;
    this.#facts = facts;
    this.#findings = findings;
  }

  /** Whether an entry counts. `path` is where the entry stands in the component's file. */
  holds(when: When | undefined, path: readonly (string | number)[]): boolean {
    if (when === undefined) return true;
    // All are asked, so that each mistake is found at once.
    return Object.entries(when)
      .map(([key, value]) => this.#holds(key, value, [...path, 'when', key]))
      .every(Boolean);
  }

  #holds(key: string, given: WhenValue, path: readonly (string | number)[]): boolean {
    const isNot = typeof given === 'object' && 'not' in given;
    const wanted = [isNot ? given.not : (given as OptionValue)].flat();
    const actual =
      key === 'base'
        ? this.#features(wanted, path)
        : key.startsWith('system.')
          ? this.#system(key.slice('system.'.length), path)
          : this.#option(key, wanted, path);
    if (actual === undefined) return false;
    // An empty list asks for an empty list.
    if (wanted.length === 0) return (actual.length === 0) !== isNot;
    return wanted.some((value) => actual.some((one) => String(one) === String(value))) !== isNot;
  }

  #features(wanted: readonly unknown[], path: readonly (string | number)[]): readonly string[] {
    const known = this.#facts.knownFeatures();
    for (const feature of wanted.map(String).filter((feature) => !known.includes(feature))) {
      const at = this.#source.spanOfValue(path);
      this.#findings.unknownName('unknown-feature', 'base with the feature', feature, known, at);
    }
    return this.#facts.features;
  }

  #system(key: string, path: readonly (string | number)[]): readonly string[] | undefined {
    const { system } = this.#facts;
    if (Object.hasOwn(system, key)) return [system[key] ?? ''].flat();
    this.#findings.unknownName(
      'unknown-value',
      'system value named',
      key,
      Object.keys(system),
      this.#source.spanOfKey(path),
    );
    return undefined;
  }

  /** The option's values; undefined where its component is not in the flavour. */
  #option(key: string, wanted: readonly unknown[], path: readonly (string | number)[]): readonly unknown[] | undefined {
    const dot = key.indexOf('.');
    const component = dot === -1 ? this.#component : key.slice(0, dot);
    const name = key.slice(dot + 1);
    const definitions = this.#facts.definitions.get(component);
    if (!definitions) return undefined;
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    const at: Span = this.#source.spanOfKey(path);
    if (!definition) {
      this.#findings.unknownName(
        'unknown-option',
        `option of \`${component}\` named`,
        name,
        Object.keys(definitions),
        at,
      );
      return undefined;
    }
    const values = definition.values ?? (definition.type === 'boolean' ? ['true', 'false'] : undefined);
    for (const value of wanted.map(String).filter((value) => values && !values.includes(value))) {
      const slip = closest(value, values ?? []);
      const hint = slip ? { hint: `did you mean \`${slip}\`?` } : {};
      this.#findings.error('idle-condition', `\`${name}\` is never \`${value}\``, this.#source.spanOfValue(path), hint);
    }
    const value = this.#facts.options.get(component)?.find((option) => option.name === name)?.value;
    return value === undefined ? undefined : [value].flat();
  }
}
