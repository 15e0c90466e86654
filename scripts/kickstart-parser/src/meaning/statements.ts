import { canonicalPackageHeader } from '../canonical/packages.ts';
import { canonicalAddon, canonicalCertificate, canonicalScript } from '../canonical/sections.ts';
import type { AnyBehaviour, Values } from '../commands/behaviour.ts';
import { BEHAVIOURS } from '../commands/registry.ts';
import type { Span } from '../diagnostic.ts';
import type { EntryOrigin } from '../model/entry.ts';
import type { KickstartModel, PackageSelection } from '../model/model.ts';

/** One thing a kickstart says, in canonical form. */
export interface Statement {
  readonly text: string;
  readonly span: Span;
}

/** Everything a kickstart says, by what it is about. */
export function statementsOf(model: KickstartModel): Map<string, Statement> {
  const statements = new Map<string, Statement>();
  const add = (subject: string, text: string, span: Span) =>
    statements.set(unique(subject, statements), { text, span });
  for (const [name, value] of Object.entries(model.commands)) {
    const behaviour = BEHAVIOURS[name];
    if (behaviour === undefined) continue;
    const entries: readonly (Values & EntryOrigin)[] = Array.isArray(value) ? value : [value];
    for (const entry of entries) {
      add(subjectOf(name, behaviour, entry), behaviour.write(entry, model.version), entry.span);
    }
  }
  if (model.packages !== undefined) addPackages(model.packages, model, add);
  for (const script of model.scripts) add(`%${script.section}`, canonicalScript(script), script.headerSpan);
  for (const addon of model.addons) {
    add([addon.section, ...addon.args.slice(0, 1)].join(' '), canonicalAddon(addon), addon.headerSpan);
  }
  for (const certificate of model.certificates) {
    add(`%certificate ${certificate.filename}`, canonicalCertificate(certificate), certificate.headerSpan);
  }
  return statements;
}

function subjectOf(name: string, behaviour: AnyBehaviour, entry: Values): string {
  const key = behaviour.key?.(entry);
  return key === undefined || key === '' ? name : `${name} ${key}`;
}

function addPackages(
  packages: PackageSelection,
  model: KickstartModel,
  add: (subject: string, text: string, span: Span) => void,
): void {
  const [header] = packages.headerSpans;
  if (header !== undefined) add('%packages', canonicalPackageHeader(packages, model.version), header);
  const { environment } = packages;
  if (environment !== undefined) add('environment', `@^${environment.name}`, environment.span);
  for (const { name, include, span } of packages.groups) add(`group ${name}`, `@${name} --${include}`, span);
  for (const { name, span } of packages.packages) add(`package ${name}`, name, span);
  for (const { name, span } of packages.excludedGroups) add(`excluded group ${name}`, `-@${name}`, span);
  for (const { name, span } of packages.excludedPackages) add(`excluded package ${name}`, `-${name}`, span);
}

/** Numbers a subject that is already taken: the second %post is `%post 2`. */
function unique(subject: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(subject)) return subject;
  let number = 2;
  while (taken.has(`${subject} ${number}`)) number++;
  return `${subject} ${number}`;
}
