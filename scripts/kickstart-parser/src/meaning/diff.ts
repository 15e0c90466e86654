import type { Span } from '../diagnostic.ts';
import type { KickstartModel } from '../model/model.ts';
import { type Statement, statementsOf } from './statements.ts';

/** Something two kickstarts say differently. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** What it is about: `part /`, `package vim`, `%post 1`. */
  readonly subject: string;
  /** In canonical form, as the first kickstart says it. */
  readonly before?: string;
  readonly beforeSpan?: Span;
  /** In canonical form, as the second kickstart says it. */
  readonly after?: string;
  readonly afterSpan?: Span;
}

/** Compares two kickstarts by what they mean: order, spelling, comments and defaults make no difference. */
export function diff(before: KickstartModel, after: KickstartModel): Difference[] {
  const old = statementsOf(before);
  const now = statementsOf(after);
  const subjects = [...new Set([...old.keys(), ...now.keys()])];
  return subjects.flatMap((subject) => compare(subject, old.get(subject), now.get(subject)) ?? []);
}

function compare(subject: string, old: Statement | undefined, now: Statement | undefined): Difference | undefined {
  if (old?.text === now?.text) return undefined;
  const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
  return {
    kind,
    subject,
    ...(old === undefined ? {} : { before: old.text, beforeSpan: old.span }),
    ...(now === undefined ? {} : { after: now.text, afterSpan: now.span }),
  };
}
