import { closest, type Diagnostic, type Span } from '../diagnostic/index.ts';
import { Findings } from './findings.ts';
import type { Layer } from './layer.ts';
import type { Library, Loaded } from './library.ts';
import type { FlavourFile, Matrix } from './source-files.ts';
import type { YamlSource } from './yaml-source.ts';

/** The word for an optional axis that a variant leaves out. */
const NONE = 'none';

/** One combination of a matrix: a value for each axis that its name mentions. */
export interface Variant {
  readonly name: string;
  readonly choices: readonly (readonly [axis: string, value: string])[];
}

export interface FoundFlavour {
  readonly name: string;
  readonly source: YamlSource;
  readonly data: FlavourFile;
  readonly layers: readonly Layer[];
}

/** The flavour of that name: a file of its own, or a variant that a matrix makes. What is wrong with it is a finding. */
export function findFlavour(
  library: Library,
  name: string,
  findings: Findings,
  at: Span | undefined,
): FoundFlavour | undefined {
  const own = library.load('flavour', name);
  if (own) return found(name, own, { name, choices: [] }, findings);
  for (const flavour of library.names('flavour').filter((other) => name.startsWith(`${other}-`))) {
    const loaded = library.load('flavour', flavour);
    if (!loaded?.data?.matrix) continue;
    const variant = combinations(loaded.data).find((candidate) => candidate.name === name);
    if (!variant) continue;
    const exclusion = exclusionOf(loaded.data.matrix, variant);
    if (exclusion === undefined) return found(name, loaded, variant, findings);
    const related = [{ message: 'excluded here', span: spanOfExclusion(loaded.source, exclusion.index) }];
    findings.error('excluded-variant', `there is no \`${name}\`: ${exclusion.reason}`, at, { related });
    return undefined;
  }
  return undefined;
}

/** Every flavour's name, variants too, sorted; files that cannot be read are named as they are. */
export function flavourNames(library: Library): readonly string[] {
  const names = library.names('flavour');
  const variants = names.flatMap((name) => {
    return variantsOf(library.load('flavour', name)?.data).map((variant) => variant.name);
  });
  return [...new Set([...names, ...variants])].sort();
}

/** The variants of a flavour that its constraints allow, with descriptions. The flavour itself is none of them. */
export function variantsOf(data: FlavourFile | undefined): readonly (Variant & { readonly summary: string })[] {
  const matrix = data?.matrix;
  if (!data || !matrix) return [];
  return combinations(data)
    .filter((variant) => exclusionOf(matrix, variant) === undefined)
    .map((variant) => {
      const own = variant.choices.flatMap(([axis, value]) => matrix.axes[axis]?.values[value]?.summary ?? []);
      return { ...variant, summary: [data.summary, ...own].join(', ') };
    });
}

function combinations(data: FlavourFile): readonly Variant[] {
  const axes = Object.entries(data.matrix?.axes ?? {});
  const rows = axes.reduce<readonly (readonly (readonly [string, string])[])[]>(
    (before, [axis, { values, optional }]) => {
      const choices = Object.keys(values).map((value) => [[axis, value] as const]);
      return before.flatMap((row) => [...(optional ? [[]] : []), ...choices].map((choice) => [...row, ...choice]));
    },
    [[]],
  );
  return rows
    .filter((choices) => choices.length > 0)
    .map((choices) => ({ name: [data.flavour, ...choices.map(([, value]) => value)].join('-'), choices }));
}

function exclusionOf({ exclude = [] }: Matrix, variant: Variant) {
  const chosen = new Map(variant.choices);
  const index = exclude.findIndex(({ when }) =>
    Object.entries(when).every(([axis, values]) => [values].flat().includes(chosen.get(axis) ?? NONE)),
  );
  const reason = exclude[index]?.reason;
  return reason === undefined ? undefined : { index, reason };
}

function found(
  name: string,
  loaded: Loaded<'flavour'>,
  variant: Variant,
  findings: Findings,
): FoundFlavour | undefined {
  findings.add(loaded.diagnostics);
  const { data, source, root } = loaded;
  if (!data) return undefined;
  findings.add(matrixFindings(loaded));
  const layers: readonly Layer[] = [
    { name: `flavour ${data.flavour}`, source, root, data, path: [], at: source.spanOfValue(['flavour']) },
    ...variant.choices.map(([axis, value]) => ({
      name: `flavour ${data.flavour}, ${axis}=${value}`,
      source,
      root,
      data: data.matrix?.axes[axis]?.values[value] ?? {},
      path: ['matrix', 'axes', axis, 'values', value],
      at: source.spanOfKey(['matrix', 'axes', axis, 'values', value]),
    })),
  ];
  return { name, source, data, layers };
}

const checked = new WeakMap<Loaded<'flavour'>, readonly Diagnostic[]>();

/** What is wrong with a file's matrix, found once. */
function matrixFindings(loaded: Loaded<'flavour'>): readonly Diagnostic[] {
  const known = checked.get(loaded) ?? checkMatrix(loaded);
  checked.set(loaded, known);
  return known;
}

/** Constraints must name axes and values that there are, and exclude something; names must differ. */
function checkMatrix({ data, source }: Loaded<'flavour'>): readonly Diagnostic[] {
  const findings = new Findings();
  const matrix = data?.matrix;
  if (!data || !matrix) return [];
  const all = combinations(data);
  for (const [index, exclusion] of (matrix.exclude ?? []).entries()) {
    const path = ['matrix', 'exclude', index, 'when'];
    const before = findings.count;
    for (const [axis, given] of Object.entries(exclusion.when)) {
      const known = matrix.axes[axis];
      if (!known) {
        findings.unknownName('unknown-axis', 'axis', axis, Object.keys(matrix.axes), source.spanOfKey([...path, axis]));
        continue;
      }
      const values = [...Object.keys(known.values), ...(known.optional ? [NONE] : [])];
      for (const value of [given].flat().filter((value) => !values.includes(value))) {
        const slip = closest(value, values);
        const hint = slip ? `did you mean \`${slip}\`?` : `there are: ${values.join(', ')}`;
        const span = source.spanOfValue([...path, axis]);
        findings.error('unknown-value', `axis \`${axis}\` has no value \`${value}\``, span, { hint });
      }
    }
    const hits = all.some((variant) => exclusionOf({ ...matrix, exclude: [exclusion] }, variant));
    if (!hits && findings.count === before) {
      findings.error('idle-constraint', 'no variant is excluded by this', spanOfExclusion(source, index));
    }
  }
  const seen = new Set<string>();
  for (const { name } of all) {
    if (seen.has(name)) findings.error('same-name', `two variants are named \`${name}\``, source.spanOfKey(['matrix']));
    seen.add(name);
  }
  return findings.all;
}

function spanOfExclusion(source: YamlSource, index: number): Span {
  return source.spanOfValue(['matrix', 'exclude', index, 'when']);
}
