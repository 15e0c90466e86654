import { closest, type Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import { keySpanIn, type Layer } from './layer.ts';
import type { Loaded } from './library.ts';
import type { ResolvedOption } from './model.ts';
import { faultOfPattern, violation, wrongEntry } from './option-value.ts';
import { placedValue } from './single-values.ts';
import type { OptionValue } from './source-files.ts';

/** The values of a component's options: what the flavour says, else the defaults. */
export function resolveOptions(
  component: string,
  { data, source }: Loaded<'component'>,
  layers: readonly Layer[],
  asked: Span,
  findings: Findings,
): readonly ResolvedOption[] {
  const definitions = Object.entries(data?.options ?? {});
  findUnknownOptions(
    component,
    definitions.map(([name]) => name),
    layers,
    findings,
  );
  return definitions.flatMap(([name, definition]): readonly ResolvedOption[] => {
    const defined = source.spanOfKey(['options', name]);
    const wrongPattern = definition.pattern === undefined ? undefined : faultOfPattern(definition.pattern);
    if (wrongPattern !== undefined) {
      const at = source.spanOfValue(['options', name, 'pattern']);
      findings.error('wrong-pattern', `the pattern of \`${name}\` ${wrongPattern}`, at);
      return [];
    }
    if (
      definition.example !== undefined &&
      violation({ ...definition, type: 'string' }, definition.example) !== undefined
    ) {
      const at = source.spanOfValue(['options', name, 'example']);
      findings.error('wrong-example', `the example of \`${name}\` is none: its pattern does not take it`, at);
      return [];
    }
    const wrongDefault = definition.default === undefined ? undefined : violation(definition, definition.default);
    if (wrongDefault !== undefined) {
      const at = source.spanOfValue(['options', name, 'default']);
      findings.error('wrong-default', `the default of \`${name}\` must be ${wrongDefault}`, at);
      return [];
    }
    const given = placedValue<OptionValue>(layers, ['options', component, name], findings);
    const related = [{ message: `the option is described here`, span: defined }];
    if (!given) {
      if (definition.default !== undefined) {
        const at = source.spanOfValue(['options', name, 'default']);
        return [{ component, name, value: definition.default, doc: definition.doc, isDefault: true, at }];
      }
      const hint = `say it: \`options: {${component}: {${name}: …}}\``;
      findings.error('missing-option', `\`${component}\` must be told its option \`${name}\``, asked, {
        related,
        hint,
      });
      return [];
    }
    const expected = violation(definition, given.value);
    if (expected !== undefined) {
      const slip = typeof given.value === 'string' && closest(given.value, definition.values ?? []);
      const hint = slip ? { hint: `did you mean \`${slip}\`?` } : {};
      const entry = wrongEntry(definition, given.value);
      const at = entry === undefined ? given.at : given.placeOf([entry]);
      findings.error('wrong-option', `\`${component}.${name}\` must be ${expected}`, at, { related, ...hint });
      // Stood in for, so that templates do not miss it as well: one mistake, one finding.
      const { default: value = definition.values?.[0] ?? given.value } = definition;
      return [{ component, name, value, doc: definition.doc, isDefault: true, at: given.at }];
    }
    return [{ component, name, value: given.value, doc: definition.doc, isDefault: false, at: given.at }];
  });
}

/** Options for components that are not in the flavour would be a silent nothing. */
export function findIdleOptions(layers: readonly Layer[], components: readonly string[], findings: Findings): void {
  for (const { layer, component, path } of optionMaps(layers)) {
    if (components.includes(component)) continue;
    const slip = closest(component, components);
    const hint = slip ? `did you mean \`${slip}\`?` : `add \`${component}\` to \`components:\``;
    const at = keySpanIn(layer, path);
    findings.error('idle-option', `\`${component}\` is no component of this flavour`, at, { hint });
  }
}

function findUnknownOptions(
  component: string,
  known: readonly string[],
  layers: readonly Layer[],
  findings: Findings,
): void {
  for (const { layer, options, path } of optionMaps(layers).filter((map) => map.component === component)) {
    for (const name of Object.keys(options).filter((option) => !known.includes(option))) {
      const at = keySpanIn(layer, [...path, name]);
      findings.unknownName('unknown-option', `option of \`${component}\` named`, name, known, at);
    }
  }
}

function optionMaps(layers: readonly Layer[]) {
  return layers.flatMap((layer) =>
    [
      { options: layer.data.options, path: ['options'] },
      { options: layer.data.override?.options, path: ['override', 'options'] },
    ].flatMap(({ options = {}, path }) =>
      Object.entries(options).map(([component, values]) => ({
        layer,
        component,
        options: values,
        path: [...path, component],
      })),
    ),
  );
}
