import type { Span } from '../diagnostic/index.ts';
import type { ChosenBase } from './base.ts';
import type { Member } from './component-order.ts';
import type { Findings } from './findings.ts';
import { type Layer, spanIn } from './layer.ts';
import type { PostureKind, ResolvedPosture, ResolvedUser } from './model.ts';
import type { PostureEntry, When } from './source-files.ts';

const KINDS = ['file', 'group', 'setting', 'unit', 'port'] as const satisfies readonly PostureKind[];

/** An entry and who says it. */
interface Said {
  readonly entry: PostureEntry;
  readonly by: string;
  readonly place: (part?: string) => Span;
}

/**
 * What base, components and flavour say weakens the system and may, where it is about this base: the later of these have the last
 * word about the same thing. What components tell of their own `settings:` counts, too, and that somebody puts a user into a group.
 */
export function resolvePosture(
  { resolved, chain }: ChosenBase,
  members: readonly Member[],
  layers: readonly Layer[],
  users: readonly ResolvedUser[],
  findings: Findings,
): readonly ResolvedPosture[] {
  const ofBase = chain
    .entries<PostureEntry>(['posture'])
    .map(({ value, place, file }): Said => ({ entry: value, by: `base ${file}`, place }));
  const ofLayers = layers.flatMap((layer) =>
    (layer.data.posture ?? []).map(
      (entry, index): Said => ({
        entry,
        by: layer.name,
        place: (part?: string) => spanIn(layer, ['posture', index, ...(part === undefined ? [] : [part])]),
      }),
    ),
  );
  for (const { entry, place } of [...ofBase, ...ofLayers]) refuseCondition(entry.when, place, findings);
  const said = [...ofBase, ...members.flatMap(ofComponent), ...ofLayers];
  const reasons = new Map(ofUsers(users).map((one) => [`group ${one.name}`, one]));
  for (const { entry, by, place } of said) {
    const kind = KINDS.find((one) => entry[one] !== undefined) ?? 'file';
    const at = place(kind);
    if (entry.is === undefined && kind !== 'port') {
      findings.error('posture-without-is', `\`${kind}:\` needs \`is:\`, what it is`, at);
    }
    if (entry.bases !== undefined && !entry.bases.some((name) => resolved.is.includes(name))) continue;
    const name = entry[kind] ?? '';
    reasons.set(`${kind} ${name}`, { kind, name, is: entry.is ?? '', reason: entry.reason, by, at });
  }
  return [...reasons.values()];
}

/** Whoever writes a user down says so. */
function ofUsers(users: readonly ResolvedUser[]): readonly ResolvedPosture[] {
  const names = [...new Set(users.flatMap(({ groups }) => groups))];
  return names.flatMap((name): readonly ResolvedPosture[] => {
    const members = users.filter(({ groups }) => groups.includes(name));
    const [first] = members;
    if (first === undefined) return [];
    const is = members
      .map((user) => user.name)
      .sort()
      .join(', ');
    return [{ kind: 'group', name, is, reason: '`users:` puts them there', by: first.by, at: first.at }];
  });
}

function ofComponent({ name: by, data, loaded: { source }, conditions }: Member): readonly Said[] {
  const settings = (data.settings ?? []).flatMap(({ setting, value, reason, when }, index): readonly Said[] => {
    const path = ['settings', index];
    const place = () => source.spanOfValue([...path, 'setting']);
    return conditions.holds(when, path) ? [{ entry: { setting, is: value, reason }, by, place }] : [];
  });
  const posture = (data.posture ?? []).flatMap((entry, index): readonly Said[] => {
    const path = ['posture', index];
    const place = (part?: string) => source.spanOfValue(part === undefined ? path : [...path, part]);
    return conditions.holds(entry.when, path) ? [{ entry, by, place }] : [];
  });
  return [...settings, ...posture];
}

function refuseCondition(when: When | undefined, place: Said['place'], findings: Findings): void {
  if (when === undefined) return;
  findings.error('posture-condition', 'only entries of components have `when:`', place('when'), {
    hint: '`bases:` says which bases it is about.',
  });
}
