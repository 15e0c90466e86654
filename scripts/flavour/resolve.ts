import type { Diagnostic } from '../diagnostic/index.ts';
import { resolveBase } from './base.ts';
import { BaseNames } from './base-names.ts';
import { checkOrder } from './check-order.ts';
import { orderComponents } from './component-order.ts';
import { type Owner, resolveKernelArguments, resolvePackages, resolveUnits } from './content.ts';
import { findDuplicatePaths, uniqueKernelArguments, uniquePackages, uniqueUnits } from './contradictions.ts';
import { Findings } from './findings.ts';
import { flavourLayers } from './inheritance.ts';
import { Library, type SourceDirectory } from './library.ts';
import type { ResolvedFlavour } from './model.ts';
import { resolveOverlay } from './overlay.ts';
import type { Content } from './source-files.ts';
import { resolveSshKeys, resolveSystem, resolveUsers } from './system-values.ts';

export interface ResolveRequest {
  readonly name: string;
  /** Instead of the flavour's own base. */
  readonly base?: string;
  /** Searched in order. */
  readonly directories: readonly SourceDirectory[];
}

export interface Resolution {
  /** Absent where `diagnostics` holds an error. */
  readonly flavour?: ResolvedFlavour;
  readonly diagnostics: readonly Diagnostic[];
}

/** Merges a flavour with what it extends, its components and its base. */
export function resolveFlavour(request: ResolveRequest): Resolution {
  const findings = new Findings();
  const flavour = merge(request, new Library(request.directories), findings);
  return { diagnostics: findings.all, ...(flavour && !findings.hasErrors ? { flavour } : {}) };
}

function merge(request: ResolveRequest, library: Library, findings: Findings): ResolvedFlavour | undefined {
  const layers = flavourLayers(library, request.name, findings);
  const leaf = layers.at(-1);
  if (!leaf) return undefined;

  const wanted = layers.flatMap((layer) =>
    (layer.data.components ?? []).map((name, index) => ({ name, at: layer.source.spanOfValue(['components', index]) })),
  );
  const members = orderComponents(library, wanted, findings);
  const base = resolveBase(library, layers, request.base, findings);
  if (!base) return undefined;

  const names = new BaseNames(base.data, base.resolved.at.file, findings);
  const contents: readonly (readonly [Content, Owner])[] = [
    ...members.map(({ name, data, loaded }) => [data, { by: name, source: loaded.source, names }] as const),
    ...layers.map(({ name, data, source }) => [data, { by: `flavour ${name}`, source, names }] as const),
  ];
  const collect = <T>(resolveOne: (content: Content, owner: Owner) => readonly T[]): readonly T[] =>
    contents.flatMap(([content, owner]) => resolveOne(content, owner));
  const overlays = members.map((member) => resolveOverlay(member, names, findings));
  const files = overlays.flatMap((overlay) => overlay.files);
  const links = overlays.flatMap((overlay) => overlay.links);
  findDuplicatePaths([...files, ...links], findings);
  const users = resolveUsers(layers, findings);
  const budgets = Object.assign({}, ...layers.map((layer) => layer.data.budgets ?? {}));

  return {
    name: leaf.name,
    summary: leaf.data.summary,
    at: leaf.source.spanOfValue(['flavour']),
    base: base.resolved,
    system: resolveSystem(layers, base),
    components: members.map(({ name, data, at, requiredBy }) => ({
      name,
      summary: data.summary,
      at,
      ...(requiredBy ? { requiredBy } : {}),
    })),
    packages: uniquePackages(collect(resolvePackages)),
    units: uniqueUnits(collect(resolveUnits), findings),
    kernelArguments: uniqueKernelArguments(collect(resolveKernelArguments), findings),
    directories: overlays.flatMap((overlay) => overlay.directories),
    files,
    links,
    post: overlays.flatMap((overlay) => overlay.post),
    users,
    sshKeys: resolveSshKeys(layers, users, findings),
    budgets,
    checks: checkOrder(
      contents.flatMap(([content]) => content.checks ?? []),
      budgets,
    ),
    gaps: names.gaps,
  };
}
