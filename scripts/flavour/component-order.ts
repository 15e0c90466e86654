import type { Span } from '../diagnostic/index.ts';
import type { Findings } from './findings.ts';
import type { Library, Loaded } from './library.ts';
import type { ComponentFile } from './source-files.ts';

/** A component that takes part, known to be well-formed. */
export interface Member {
  readonly name: string;
  readonly data: ComponentFile;
  readonly loaded: Loaded<'component'>;
  readonly at: Span;
  readonly requiredBy?: string;
}

export interface Wanted {
  readonly name: string;
  readonly at: Span;
}

/** The wanted components and all that they require, each behind what it requires; conflicts are findings. */
export function orderComponents(library: Library, wanted: readonly Wanted[], findings: Findings): readonly Member[] {
  const members = new Map<string, Member>();
  const failed = new Set<string>();

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
      findings.unknownName('unknown-component', 'component', name, library.names('component'), at);
      return;
    }
    findings.add(loaded.diagnostics);
    if (!loaded.data) {
      failed.add(name);
      return;
    }
    const { data, source } = { data: loaded.data, source: loaded.source };
    for (const [index, required] of (data.requires ?? []).entries()) {
      visit({ name: required, at: source.spanOfValue(['requires', index]) }, [...chain, name]);
    }
    const requiredBy = chain.at(-1);
    members.set(name, { name, data, loaded, at, ...(requiredBy ? { requiredBy } : {}) });
  };

  for (const item of wanted) visit(item, []);
  const ordered = [...members.values()];
  for (const member of ordered) findConflicts(member, members, findings);
  return ordered;
}

function findConflicts(member: Member, members: ReadonlyMap<string, Member>, findings: Findings): void {
  for (const [index, name] of (member.data.conflicts ?? []).entries()) {
    const other = members.get(name);
    if (!other) continue;
    findings.error('component-conflict', `\`${member.name}\` and \`${name}\` cannot be in one flavour`, member.at, {
      related: [
        { message: `\`${name}\` comes in here`, span: other.at },
        { message: 'the conflict is declared here', span: member.loaded.source.spanOfValue(['conflicts', index]) },
      ],
    });
  }
}
