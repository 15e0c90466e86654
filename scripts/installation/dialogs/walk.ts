import type { Around, Draft } from './choices.ts';
import type { Reply, Screen } from './screen.ts';

/** Asks one thing, or several that belong together. `skipped` where there is nothing to choose. */
export type Question = (
  draft: Draft,
  screen: Screen,
  around: Around,
) => Reply<Draft> | { readonly kind: 'skipped'; readonly value: Draft };

/** How going through questions ended; `back` from the first one. */
export type Walked =
  | { readonly kind: 'done'; readonly draft: Draft }
  | { readonly kind: 'back' }
  | { readonly kind: 'stop' };

/**
 * Asks one question after the other. Going back asks again what was asked last, with what was chosen there; what had nothing
 * to choose is passed over in both directions.
 */
export function walk(questions: readonly Question[], draft: Draft, screen: Screen, around: Around): Walked {
  const asked: number[] = [];
  let known = draft;
  for (let index = 0; ; ) {
    const question = questions[index];
    if (question === undefined) return { kind: 'done', draft: known };
    const reply = question(known, screen, around);
    if (reply.kind === 'stop') return reply;
    if (reply.kind === 'back') {
      const before = asked.pop();
      if (before === undefined) return reply;
      index = before;
      continue;
    }
    known = reply.value;
    if (reply.kind === 'answer') asked.push(index);
    index += 1;
  }
}
