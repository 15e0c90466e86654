import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckContext } from './check.ts';

/** Asks until there is an answer, at most so long (seconds at the reference speed); undefined when none came. */
export async function until<Answer>(
  { scaled }: Pick<CheckContext, 'scaled'>,
  seconds: number,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const deadline = performance.now() + scaled(seconds) * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > deadline) return answer;
    await sleep(scaled(0.5) * 1000);
  }
}
