import path from 'node:path';
import type { Context } from '../context/index.ts';
import type { Diagnostic } from '../diagnostic/index.ts';
import { type LockMaker, lockMakerOf, type Move } from '../engines/direct/index.ts';
import { explainPackages } from '../engines/tools/index.ts';
import { makeDirectory, writeWhole } from '../files/index.ts';
import type { ResolvedFlavour } from '../flavour/index.ts';
import { type Locked, type LockFile, type LockPlace, lockedAs, lockPlace, lockText } from '../package-lock/index.ts';
import { executePlan, type PlanRequest, type Step } from '../plan/index.ts';
import { directoriesOf, renderOne } from '../prepare/index.ts';
import type { CommandFailed } from '../process/index.ts';

/** How indexes are had. */
export interface Freshness {
  readonly offline?: boolean | undefined;
  readonly refresh?: boolean | undefined;
}

/** A flavour whose lock is worked on. */
export interface LockWork {
  readonly flavour: ResolvedFlavour;
  readonly kickstart: string;
  readonly of: Locked;
  /** `nano on debian-13` */
  readonly title: string;
  readonly place: LockPlace;
  readonly maker: LockMaker;
}

/** @throws ReportedError with what is wrong with the flavour, or that it has a base that no lock can be made for */
export async function lockWork(name: string, asked: { base?: string; hardware?: string }, context: Context) {
  const { flavour, rendered } = renderOne(name, asked, context);
  const of = lockedAs(flavour);
  const title = `${of.flavour} on ${of.base}${of.hardware === undefined ? '' : ` for ${of.hardware}`}`;
  const place = lockPlace(of, directoriesOf(context.places));
  const { kickstart } = rendered;
  const work: LockWork = { flavour, kickstart, of, title, place, maker: await lockMakerOf(flavour, kickstart) };
  return work;
}

/** The lock that its packages make now; with `move`, of which only some are resolved anew. */
export function resolved(
  work: LockWork,
  freshness: Freshness,
  context: Context,
  move?: Move,
  explain?: (failure: CommandFailed) => readonly Diagnostic[] | undefined,
): Promise<LockFile> {
  return executePlan(work.maker.plan(move), requestFor(work, freshness, context, explain), context, ({ directories }) =>
    work.maker.take(directories, move),
  );
}

/** How plans of this room are run. `explain` comes first where it knows more. */
export function requestFor(
  { of }: LockWork,
  freshness: Freshness,
  context: Context,
  explain?: (failure: CommandFailed) => readonly Diagnostic[] | undefined,
): PlanRequest {
  const name = `lock-${[of.flavour, of.base, of.hardware].filter((part) => part !== undefined).join('-')}`;
  return {
    rememberedAs: name,
    logDirectory: path.join(context.places.cache, 'logs', name),
    ...freshness,
    explain: (step: Step, failure: CommandFailed) => explain?.(failure) ?? explainPackages(step, failure),
  };
}

/** Writes a lock in the place of the one that is there. */
export function writeLock({ place }: LockWork, lock: LockFile): void {
  makeDirectory(path.dirname(place.file));
  writeWhole(place.file, lockText(lock));
}
