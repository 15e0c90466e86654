import type { Diagnostic } from '../diagnostic/index.ts';
import type { SourceDirectory } from '../places/index.ts';
import { resolveBase } from './base.ts';
import { BaseNames } from './base-names.ts';
import { checkOrder } from './check-order.ts';
import { checkClaims } from './claims.ts';
import { type Member, orderComponents } from './component-order.ts';
import { resolveContent } from './content.ts';
import {
  findDuplicatePaths,
  uniqueKernelArguments,
  uniquePackages,
  uniqueUnits,
  withoutOverridden,
} from './contradictions.ts';
import { Findings } from './findings.ts';
import { chooseHardware } from './hardware-layer.ts';
import { flavourLayers } from './inheritance.ts';
import { resolveInstallationDisk } from './installation-disk.ts';
import { spanIn } from './layer.ts';
import { Library } from './library.ts';
import { lintFlavour } from './lint/index.ts';
import type { ResolvedCommand, ResolvedFlavour, Sourced } from './model.ts';
import { resolveOverlay } from './overlay.ts';
import { overlayFolders } from './overlay-folder.ts';
import { resolvePosture } from './posture.ts';
import { singleValue } from './single-values.ts';
import { resolveSshKeys } from './ssh-keys.ts';
import { languageOf, resolveBudgets, resolveLanguages, resolveSystem, resolveUsers } from './system-values.ts';
import { titleOf } from './title.ts';
import { ValueTemplates } from './value-templates.ts';
import { resolveVulnerabilities } from './vulnerabilities.ts';

/** What the command line says instead of the flavour. */
export interface Asked {
  readonly base?: string | undefined;
  /** A hardware profile. */
  readonly hardware?: string | undefined;
}

export interface ResolveRequest extends Asked {
  readonly name: string;
  /** Searched in order. */
  readonly directories: readonly SourceDirectory[];
}

export interface Resolution {
  /** Absent where `diagnostics` holds an error. */
  readonly flavour?: ResolvedFlavour;
  /** The same, also where all that is wrong with it is that it cannot work: what else is wrong can be looked for. */
  readonly merged?: ResolvedFlavour;
  readonly diagnostics: readonly Diagnostic[];
}

/** Merges a flavour with what it extends, its components and its base. */
export function resolveFlavour(request: ResolveRequest): Resolution {
  return resolveIn(new Library(request.directories), request.name, request);
}

/** The same with a library that remembers the files it read: for many flavours at once. */
export function resolveIn(library: Library, name: string, asked: Asked): Resolution {
  const findings = new Findings();
  const flavour = merge(library, name, asked, findings);
  const isWhole = !findings.hasErrors;
  if (flavour) {
    // Components that exclude each other, such as a live session and a disk, are told as that, not once more by what comes of it.
    const conflict = findings.all.some(({ code }) => code === 'component-conflict');
    findings.add(lintFlavour(flavour).filter(({ code }) => !(conflict && code === 'open-login-on-disk')));
  }
  return {
    diagnostics: findings.all,
    ...(flavour && isWhole && { merged: flavour }),
    ...(flavour && !findings.hasErrors && { flavour }),
  };
}

function merge(library: Library, name: string, asked: Asked, findings: Findings): ResolvedFlavour | undefined {
  const own = flavourLayers(library, name, findings);
  const leaf = own.at(-1);
  if (!leaf) return undefined;
  const base = resolveBase(library, own, asked.base, findings);
  const hardware = chooseHardware(library, own, asked.hardware, findings);
  if (!base) return undefined;
  const layers = hardware ? [hardware.layer, ...own] : own;
  const system = resolveSystem(layers, base, findings);
  const systemValues = Object.fromEntries(
    Object.entries(system).map(([key, { value }]: [string, Sourced<string>]) => [key, value]),
  );
  const languages = resolveLanguages(layers, findings);
  const chosen = { ...systemValues, languages: languages.map(({ value }) => value) };
  const { members, facts } = orderComponents(library, layers, base, chosen, findings);
  const before = findings.count;
  checkClaims(base.resolved, layers, members, findings);
  if (findings.count > before) return undefined;

  const summary = summaryOf(layers);
  const edition = singleValue<string>(layers, ['edition'], findings);
  const { budgets, budgetPlaces } = resolveBudgets(layers, base.resolved.is, findings);
  const templates = new ValueTemplates(
    members,
    {
      flavour: { name, title: titleOf({ name, ...(edition && { edition }) }), summary },
      system: systemValues,
      base: { name: base.resolved.name, release: base.resolved.release },
      budgets: { idleMemoryMiB: '', runningServices: '', imageMiB: '', ...budgets },
    },
    findings,
  );
  const spoken = new Set([system.lang, ...languages].map(({ value }) => languageOf(value)));
  const names = new BaseNames(base.chain, [...spoken], findings);
  const ofComponents = members.map((member) => resolveOverlay(member, names, templates, findings));
  const overlays = [...ofComponents, ...overlayFolders(layers, facts, names, templates, findings)];
  const files = withoutOverridden(
    overlays.flatMap((overlay) => overlay.files),
    findings,
  );
  const directories = overlays.flatMap((overlay) => overlay.directories);
  const links = overlays.flatMap((overlay) => overlay.links);
  findDuplicatePaths([...files, ...links], findings);
  names.bring([...files, ...links].map((entry) => entry.path));
  const content = resolveContent(members, layers, names, templates, findings);
  const users = resolveUsers(layers, names, findings);
  const unattended = singleValue<boolean>(layers, ['unattended'], findings);
  const outputs = singleValue<readonly string[]>(layers, ['outputs'], findings);
  const installationDisk = resolveInstallationDisk(layers, findings);

  return {
    name,
    summary,
    at: leaf.at,
    layers: layers.map((layer) => ({ name: layer.name, at: layer.at })),
    base: base.resolved,
    ...(hardware && { hardware: hardware.resolved }),
    system,
    languages,
    components: members.map(({ name: component, data, at, requiredBy }) => ({
      name: component,
      summary: data.summary,
      at,
      ...(requiredBy ? { requiredBy } : {}),
    })),
    options: members.flatMap(({ options }) => options),
    packages: uniquePackages([...content.packages, ...labellingPackages(files, directories, names)]),
    units: uniqueUnits(content.units, findings),
    userUnits: uniqueUnits(content.userUnits, findings),
    kernelArguments: uniqueKernelArguments(content.kernelArguments, findings),
    kickstart: members.flatMap((member) => commandsOf(member, templates)),
    directories,
    files,
    links,
    post: ofComponents.flatMap((overlay) => overlay.post),
    acknowledged: layers.flatMap((layer) =>
      (layer.data.acknowledge ?? []).map((value, index) => ({ value, at: spanIn(layer, ['acknowledge', index]) })),
    ),
    posture: resolvePosture(base, members, layers, users, findings),
    vulnerabilities: resolveVulnerabilities(base, members, layers, findings),
    users,
    sshKeys: resolveSshKeys(layers, users, findings),
    budgets,
    budgetPlaces,
    ...(unattended && { unattended }),
    ...(edition && { edition }),
    ...(outputs && { outputs }),
    ...(installationDisk && { installationDisk }),
    checks: checkOrder(
      [...members, ...layers].flatMap(({ data }) => data.checks ?? []),
      budgets,
    ),
    gaps: names.gaps,
  };
}

function commandsOf(
  { name: by, data, loaded, conditions }: Member,
  templates: ValueTemplates,
): readonly ResolvedCommand[] {
  return (data.kickstart ?? []).flatMap(({ command, reason, when }, index) => {
    if (!conditions.holds(when, ['kickstart', index])) return [];
    const at = loaded.source.spanOfValue(['kickstart', index, 'command']);
    return [{ command: templates.expand(command, by, at), reason, by, at }];
  });
}

/** What sets an SELinux type that a file or directory asks for; nothing where none does. */
function labellingPackages(
  files: ResolvedFlavour['files'],
  directories: ResolvedFlavour['directories'],
  names: BaseNames,
): ResolvedFlavour['packages'] {
  const first = [...files, ...directories].find(({ selinux }) => selinux !== undefined);
  if (!first) return [];
  const { by, at } = first;
  const reason = `\`${first.path}\` has an SELinux type of its own`;
  return names
    .translate('packages', 'selinux-labels', at, 'allowed')
    .map(({ name, mapped }) => ({ name, logical: 'selinux-labels', by, at, ...(mapped && { mapped }), reason }));
}

/** A variant says what it is by its flavour's summary and its own choices'. */
function summaryOf(layers: ReturnType<typeof flavourLayers>): string {
  const own = layers.findLastIndex((layer) => layer.path.length === 0);
  return layers
    .slice(own)
    .flatMap(({ data }) => ('summary' in data ? [String(data.summary)] : []))
    .join(', ');
}
