import type { Span } from '../diagnostic/index.ts';
import type { ChosenBase } from './base.ts';
import { Conditions, type Facts } from './conditions.ts';
import type { Findings } from './findings.ts';
import { type Layer, spanIn } from './layer.ts';
import type { Library, Loaded } from './library.ts';
import { added, removed } from './merge-lists.ts';
import type { ResolvedOption } from './model.ts';
import { findIdleOptions, resolveOptions } from './options.ts';
import type { ComponentFile, OptionDefinition } from './source-files.ts';
import { strayHint } from './stray-files.ts';

/** A component that takes part, known to be well-formed. */
export interface Member {
  readonly name: string;
  readonly data: ComponentFile;
  readonly loaded: Loaded<'component'>;
  readonly at: Span;
  readonly requiredBy?: string;
  readonly options: readonly ResolvedOption[];
  readonly conditions: Conditions;
}

interface Wanted {
  readonly name: string;
  readonly at: Span;
}

/** The components that the layers want and all that those require, each behind what it requires; conflicts are findings. */
export function orderComponents(
  library: Library,
  layers: readonly Layer[],
  base: ChosenBase,
  system: Facts['system'],
  findings: Findings,
): { readonly members: readonly Member[]; readonly facts: Facts } {
  const members = new Map<string, Member>();
  const failed = new Set<string>();
  const options = new Map<string, readonly ResolvedOption[]>();
  const definitions = new Map<string, Readonly<Record<string, OptionDefinition>>>();
  const knownFeatures = () => library.features();
  const facts: Facts = { options, definitions, system, features: base.resolved.features, knownFeatures };

  const visit = ({ name, at }: Wanted, chain: readonly string[]): void => {
    if (chain.includes(name)) {
      const circle = [...chain.slice(chain.indexOf(name)), name].join(' → ');
      findings.error('requires-cycle', `components require each other in a circle: ${circle}`, at);
      return;
    }
    if (members.has(name) || failed.has(name)) return;
    const loaded = library.load('component', name);
    if (!loaded) {
      failed.add(name);
      const known = library.names('component');
      const better = strayHint(library, 'component', name, known);
      findings.unknownName('unknown-component', 'component', name, known, at, better);
      return;
    }
    findings.add(loaded.diagnostics);
    const { data, source } = loaded;
    if (!data) {
      failed.add(name);
      return;
    }
    const own = resolveOptions(name, loaded, layers, at, findings);
    options.set(name, own);
    definitions.set(name, data.options ?? {});
    const conditions = new Conditions(name, loaded, facts, findings);
    for (const [index, required] of (data.requires ?? []).entries()) {
      const isPlain = typeof required === 'string';
      if (!isPlain && !conditions.holds(required.when, ['requires', index])) continue;
      const target = isPlain ? required : required.component;
      const place = source.spanOfValue(['requires', index, ...(isPlain ? [] : ['component'])]);
      visit({ name: target, at: place }, [...chain, name]);
    }
    const requiredBy = chain.at(-1);
    members.set(name, {
      name,
      data,
      loaded,
      at,
      options: own,
      conditions,
      ...(requiredBy ? { requiredBy } : {}),
    });
  };

  const { wanted, leftOut } = wantedComponents(layers, library, findings);
  for (const item of wanted) visit(item, []);
  const ordered = [...members.values()];
  for (const item of leftOut) findStillRequired(item, members, findings);
  for (const member of ordered) findConflicts(member, members, findings);
  // Options of a component that a later layer leaves out are not its mistake.
  const known = [...members.keys(), ...leftOut.map(({ name }) => name)];
  if (failed.size === 0) findIdleOptions(layers, known, findings);
  return { members: ordered, facts };
}

/** The components that layers name, each layer adding to and leaving out of what those before it say. */
function wantedComponents(layers: readonly Layer[], library: Library, findings: Findings) {
  const wanted = new Map<string, Wanted>();
  const leftOut = new Map<string, Wanted>();
  for (const layer of layers) {
    for (const { name, path } of removed(layer.data.components, 'components')) {
      const at = spanIn(layer, path);
      if (!wanted.delete(name) && !library.names('component').includes(name)) {
        findings.unknownName('nothing-to-remove', 'component to leave out named', name, [...wanted.keys()], at);
      }
      leftOut.set(name, { name, at });
    }
    for (const { entry: name, path } of added(layer.data.components, 'components')) {
      if (!wanted.has(name)) wanted.set(name, { name, at: spanIn(layer, path) });
      leftOut.delete(name);
    }
  }
  return { wanted: [...wanted.values()], leftOut: [...leftOut.values()] };
}

function findStillRequired({ name, at }: Wanted, members: ReadonlyMap<string, Member>, findings: Findings): void {
  const member = members.get(name);
  if (!member) return;
  const message = `\`${name}\` cannot be left out: \`${member.requiredBy}\` requires it`;
  findings.error('still-required', message, at, { related: [{ message: 'required here', span: member.at }] });
}

const isBefore = (one: Member, other: Member, members: ReadonlyMap<string, Member>): boolean =>
  [...members.keys()].indexOf(one.name) < [...members.keys()].indexOf(other.name);

function findConflicts(member: Member, members: ReadonlyMap<string, Member>, findings: Findings): void {
  const { data, loaded, conditions } = member;
  for (const [index, name] of (data.conflicts ?? []).entries()) {
    const other = members.get(name);
    // Both may say so: it is one conflict, told by the one that comes first.
    const isTold = other?.data.conflicts?.includes(member.name) === true && isBefore(other, member, members);
    if (!other || isTold) continue;
    findings.error('component-conflict', `\`${member.name}\` and \`${name}\` cannot be in one flavour`, member.at, {
      related: [
        { message: `\`${name}\` comes in here`, span: other.at },
        { message: 'the conflict is declared here', span: loaded.source.spanOfValue(['conflicts', index]) },
      ],
    });
  }
  for (const [index, { when, reason }] of (data.refuses ?? []).entries()) {
    if (!conditions.holds(when, ['refuses', index])) continue;
    const span = loaded.source.spanOfValue(['refuses', index, 'when']);
    const chosen = member.options.filter((option) => !option.isDefault && Object.hasOwn(when, option.name));
    findings.error('refused-combination', `\`${member.name}\` cannot be so: ${reason}`, chosen[0]?.at ?? member.at, {
      related: [{ message: 'refused here', span }],
    });
  }
}
