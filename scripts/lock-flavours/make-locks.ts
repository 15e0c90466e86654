import type { Context } from '../context/index.ts';
import { resolveAll } from '../flavour/index.ts';
import { differenceInWords, type Locked } from '../package-lock/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import { type Freshness, lockWork, resolved, writeLock } from './lock-work.ts';

/** Which flavours, and on what. */
export interface AskedLocks extends Freshness {
  readonly names: readonly string[];
  /** Every flavour that there is, or every lock. */
  readonly all?: boolean | undefined;
  readonly base?: string | undefined;
  readonly hardware?: string | undefined;
}

/** Writes locks of flavours that have none yet, and tells what is in them. One that is there stays as it is. */
export async function makeLocks(asked: AskedLocks, context: Context): Promise<void> {
  let { refresh } = asked;
  for (const { flavour, ...more } of asked.all === true ? lockable(asked, context) : named(asked)) {
    const work = await lockWork(flavour, more, context);
    if (work.place.isThere) {
      context.say(`${work.title} is locked already: ${work.place.shown}; --update moves it, --check looks at it`);
      continue;
    }
    const lock = await resolved(work, { offline: asked.offline, refresh }, context);
    // The indexes are new now.
    refresh = undefined;
    writeLock(work, lock);
    context.print([work.place.shown, ...differenceInWords(undefined, lock).map((line) => `  ${line}`)].join('\n'));
  }
}

/** The flavours that were named, each on the base that was, else on its own. */
export function named({ names, base, hardware }: AskedLocks): readonly (Omit<Locked, 'base'> & { base?: string })[] {
  return names.map((flavour) => ({
    flavour,
    ...(base !== undefined && { base }),
    ...(hardware !== undefined && { hardware }),
  }));
}

/** Every flavour on every base whose packages this program resolves by itself. */
function lockable({ base }: AskedLocks, { places }: Context): readonly Locked[] {
  return [...resolveAll(directoriesOf(places))]
    .filter((one) => one.flavour?.base.family !== 'rpm' && (base === undefined || base === one.base))
    .map((one) => ({ flavour: one.name, base: one.base }));
}
