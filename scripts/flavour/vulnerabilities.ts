import type { Diagnostic, Span } from '../diagnostic/index.ts';
import type { ChosenBase } from './base.ts';
import type { Member } from './component-order.ts';
import { isPast, todayAsDate } from './end-of-life.ts';
import type { Findings } from './findings.ts';
import { type Layer, spanIn } from './layer.ts';
import type { ResolvedStatement } from './model.ts';
import type { VulnerabilityEntry } from './source-files.ts';

/** An entry and who says it. */
interface Said {
  readonly entry: VulnerabilityEntry;
  readonly by: string;
  /** Whose word goes before whose: the base's, the components', then each layer's. */
  readonly rank: number;
  readonly place: (part?: string) => Span;
}

/**
 * What base, components and flavour state about vulnerabilities, where it is about this base. What stands nearer to the flavour
 * takes the place of what is said of the same vulnerability and package farther away; two at the same distance contradict.
 */
export function resolveVulnerabilities(
  { resolved, chain }: ChosenBase,
  members: readonly Member[],
  layers: readonly Layer[],
  findings: Findings,
): readonly ResolvedStatement[] {
  const said: readonly Said[] = [
    ...chain.entries<VulnerabilityEntry>(['vulnerabilities']).map(({ value, place, file }) => ({
      entry: value,
      by: `base ${file}`,
      rank: resolved.is.indexOf(file) * -1,
      place,
    })),
    ...members.flatMap(({ name, data, loaded }) =>
      (data.vulnerabilities ?? []).map((entry, index) => ({
        entry,
        by: name,
        rank: 1,
        place: (part?: string) => loaded.source.spanOfValue(pathOf(index, part)),
      })),
    ),
    ...layers.flatMap((layer, distance) =>
      (layer.data.vulnerabilities ?? []).map((entry, index) => ({
        entry,
        by: layer.name,
        rank: 2 + distance,
        place: (part?: string) => spanIn(layer, pathOf(index, part)),
      })),
    ),
  ];
  const statements = new Map<string, Said>();
  for (const one of said) {
    const { entry, place, rank } = one;
    checkJustification(entry, place, findings);
    if (entry.bases !== undefined && !entry.bases.some((name) => resolved.is.includes(name))) continue;
    const key = `${entry.id} ${entry.package}`;
    const before = statements.get(key);
    if (before?.rank === rank) {
      findings.error('vulnerability-twice', `${entry.id} in ${entry.package} is stated twice`, place('id'), {
        related: [{ message: 'it is stated here, too', span: before.place('id') }],
      });
    }
    statements.set(key, one);
  }
  return [...statements.values()].map(({ entry: { bases: _, ...entry }, by, place }) => ({
    ...entry,
    by,
    at: place('id'),
  }));
}

const pathOf = (index: number, part: string | undefined) => [
  'vulnerabilities',
  index,
  ...(part === undefined ? [] : [part]),
];

function checkJustification(
  { status, justification }: VulnerabilityEntry,
  place: Said['place'],
  findings: Findings,
): void {
  if (status === 'not_affected' && justification === undefined) {
    const hint = 'add `justification:`, one of those of OpenVEX';
    findings.error('no-justification', '`not_affected` needs a justification', place('status'), { hint });
  }
  if (status !== 'not_affected' && justification !== undefined) {
    findings.error(
      'idle-justification',
      `only \`not_affected\` has a justification, not \`${status}\``,
      place('justification'),
    );
  }
}

/** A warning, at its line, for each statement that counts no more. */
export function expiredStatements(
  statements: readonly Pick<ResolvedStatement, 'id' | 'package' | 'until' | 'at'>[],
  today = todayAsDate(),
): readonly Diagnostic[] {
  return statements
    .filter(({ until }) => isPast(until, today))
    .map((one) => ({
      code: 'expired-statement',
      severity: 'warning',
      message: `what is stated about ${one.id} in ${one.package} counted until ${one.until}`,
      span: one.at,
      hint: 'Look again whether it is still so, and set a later `until:`; or remove it.',
    }));
}
