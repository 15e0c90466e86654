import type { Context } from '../context/index.ts';
import { type Diagnostic, ReportedError, UsageError } from '../diagnostic/index.ts';
import type { Move } from '../engines/direct/index.ts';
import { allLocked, differenceInWords, type LockFile, misfits, readLock } from '../package-lock/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import { explainMove } from './explain-move.ts';
import { type Freshness, type LockWork, lockWork, resolved, writeLock } from './lock-work.ts';
import { type AskedLocks, named } from './make-locks.ts';

/**
 * Moves locks on to what the repositories have now, or only the packages that are named, with what those need. What differs is
 * told in words before anything is written; where no package does, the file stays as it is.
 * @throws ReportedError where only some packages are to move and that cannot be, with their names
 */
export async function updateLocks(
  asked: AskedLocks & { readonly packages: readonly string[] },
  context: Context,
): Promise<void> {
  const { packages, offline } = asked;
  let { refresh } = asked;
  const which = asked.names.length > 0 ? named(asked) : allLocked(directoriesOf(context.places));
  if (which.length === 0) throw noLocks();
  for (const { flavour, ...more } of which) {
    const work = await lockWork(flavour, more, context);
    const before = beforeIn(work, packages, context);
    const move = before && packages.length > 0 ? moveOf(work, before, packages) : undefined;
    const now = await next(work, { offline, refresh }, context, move);
    refresh = undefined;
    tell(work, before, now, packages, context);
  }
}

function noLocks(): UsageError {
  const hint = '`phyllome lock FLAVOUR` makes one';
  return new UsageError({ code: 'no-locks', severity: 'error', message: 'there is no lock to update', hint });
}

/** The lock as it is. One that cannot be read is written anew, unless only some of its packages are to move. */
function beforeIn(work: LockWork, packages: readonly string[], context: Context): LockFile | undefined {
  const { place, title } = work;
  if (place.isThere) {
    try {
      return readLock(place);
    } catch (error) {
      if (!(error instanceof ReportedError) || packages.length > 0) throw error;
      context.warn(error.diagnostics.map((one) => ({ ...one, severity: 'warning' })));
      return undefined;
    }
  }
  if (packages.length === 0) return undefined;
  throw new ReportedError({
    code: 'no-lock',
    severity: 'error',
    message: `${title} has no lock, of which packages could move`,
    hint: `\`phyllome lock ${work.of.flavour} --base ${work.of.base}\` makes one`,
  });
}

/** @throws ReportedError where more than these packages would have to move, or one of them is not in the lock */
function moveOf({ of, maker, place, title }: LockWork, before: LockFile, packages: readonly string[]): Move {
  const asked = maker.request.packages;
  const added = asked.filter((name) => !before.request.packages.includes(name));
  // What else is asked for is not about single packages.
  const more = misfits(
    { ...before, request: { ...before.request, packages: asked } },
    { ...of, request: maker.request, tools: maker.tools },
    place.shown,
  );
  const names = new Set([...before.packages.map(({ name }) => name), ...added]);
  const unknown = packages
    .filter((name) => !names.has(name))
    .map((name): Diagnostic => {
      const isTool = before.tools.packages.some((one) => one.name === name);
      return {
        code: 'not-locked',
        severity: 'error',
        message: `the lock of ${title} has no package ${name}`,
        ...(isTool && { hint: 'It is of the tools tree, which moves as a whole: `--update` without --package' }),
      };
    });
  if (more.length + unknown.length > 0) throw new ReportedError([...more, ...unknown]);
  return { before, words: [...new Set([...packages, ...added])], asked };
}

async function next(work: LockWork, freshness: Freshness, context: Context, move: Move | undefined): Promise<LockFile> {
  return resolved(work, freshness, context, move, (failure) => move && explainMove(failure, move, work.title));
}

function tell(
  work: LockWork,
  before: LockFile | undefined,
  now: LockFile,
  packages: readonly string[],
  { print }: Context,
): void {
  const { place, title } = work;
  const lines = differenceInWords(before, now);
  const same = (lock: LockFile) => JSON.stringify(lock.request) + JSON.stringify(lock.tools.request);
  const isSame = before !== undefined && lines.length === 0 && same(before) === same(now);
  const still = packages.filter((name) => {
    const [one, other] = [before, now].map((lock) => lock?.packages.find((found) => found.name === name));
    return one !== undefined && one.version === other?.version;
  });
  print(
    [
      `${title}: ${isSame ? 'no package differs' : lines.length === 0 ? 'no package differs, but what is asked for does' : `${place.shown} becomes`}`,
      ...lines.map((line) => `  ${line}`),
      ...still.map((name) => `  ${name}: the repositories have no newer one`),
    ].join('\n'),
  );
  if (!isSame) writeLock(work, now);
}
