import path from 'node:path';
import type { Context } from '../context/index.ts';
import { type Diagnostic, ReportedError, UsageError } from '../diagnostic/index.ts';
import { packageIndexPlan } from '../engines/direct/index.ts';
import { toolsRepository } from '../engines/tools/index.ts';
import { allLocked, type LockedPackage, type LockFile, misfits, readLock, updateHint } from '../package-lock/index.ts';
import { executePlan } from '../plan/index.ts';
import { directoriesOf } from '../prepare/index.ts';
import { type LockWork, lockWork, requestFor } from './lock-work.ts';
import { type AskedLocks, named } from './make-locks.ts';
import { securityUpdates, type Waiting } from './security-updates.ts';

/**
 * Tells whether locks still fit their flavours, and which of their packages have security updates waiting, by what the
 * distribution publishes in the repositories that its base marks `security: true`.
 * @throws ReportedError with each package that has, and each thing that does not fit
 */
export async function checkLocks(asked: AskedLocks, context: Context): Promise<void> {
  const which = asked.names.length > 0 ? named(asked) : allLocked(directoriesOf(context.places));
  if (which.length === 0) {
    const hint = '`phyllome lock FLAVOUR` makes one';
    throw new UsageError({ code: 'no-locks', severity: 'error', message: 'there is no lock to check', hint });
  }
  let { refresh } = asked;
  const findings: Diagnostic[] = [];
  for (const { flavour, ...more } of which) {
    try {
      const work = await lockWork(flavour, more, context);
      const wrong = await checkOne(work, { ...asked, refresh }, context);
      refresh = undefined;
      findings.push(...wrong);
    } catch (error) {
      if (!(error instanceof ReportedError) || error.exitCode !== 1) throw error;
      findings.push(...error.diagnostics);
    }
  }
  if (findings.length > 0) throw new ReportedError(findings);
}

async function checkOne(work: LockWork, asked: AskedLocks, context: Context): Promise<readonly Diagnostic[]> {
  const { of, place, maker, title } = work;
  if (!place.isThere) {
    const hint = `\`phyllome lock ${of.flavour} --base ${of.base}\` writes it`;
    return [{ code: 'no-lock', severity: 'error', message: `${title} has no lock: ${place.shown}`, hint }];
  }
  const lock = readLock(place);
  const unfit = misfits(lock, { ...of, request: maker.request, tools: maker.tools }, place.shown);
  const { waiting, date } = await waitingFor(work, lock, asked, context);
  const inSystem = waiting.filter(({ list }) => list === 'system');
  context.warn(waiting.filter(({ list }) => list === 'tools').map((one) => inToolsTree(one, work)));
  if (unfit.length === 0 && inSystem.length === 0) {
    context.print(`${place.shown}: fits, and no security update is waiting by the index of ${date}`);
  }
  return [...unfit, ...inSystem.map((one) => isWaiting(one, work))];
}

function isWaiting({ name, locked, newer }: Waiting, { of, title }: LockWork): Diagnostic {
  return {
    code: 'security-update-waiting',
    severity: 'error',
    message: `${title}: ${name} is locked at ${locked}, and its security update ${newer} is waiting`,
    hint: `${updateHint(of)}; with \`--package ${name}\` moves it and what it needs alone`,
  };
}

/** What the lock cannot mend is no reason to fail. */
function inToolsTree({ name, locked, newer }: Waiting, { title }: LockWork): Diagnostic {
  return {
    code: 'security-update-waiting',
    severity: 'warning',
    message: `${title}: ${name} of the tools tree is locked at ${locked}, and its security update ${newer} is waiting`,
    hint: 'The tools tree is made of the distribution’s main archive alone, which has it with the next point release.',
  };
}

async function waitingFor(
  work: LockWork,
  lock: LockFile,
  { offline, refresh }: AskedLocks,
  context: Context,
): Promise<{ readonly waiting: readonly Waiting[]; readonly date: string }> {
  const { flavour, kickstart } = work;
  const { repositories, release } = flavour.base;
  const security = repositories.filter((one) => one.security === true);
  if (security.length === 0) {
    context.warn([
      {
        code: 'no-security-data',
        severity: 'warning',
        message: `no repository of ${flavour.base.name} is marked \`security: true\`: nobody can tell what is waiting`,
        span: flavour.base.at,
      },
    ]);
    return { waiting: [], date: '' };
  }
  const plan = await packageIndexPlan(flavour, kickstart);
  const lists: readonly (readonly [Waiting['list'], readonly LockedPackage[]])[] = [
    ['system', [...lock.packages, ...(lock.installer ?? [])]],
    ...(toolsRepository.suite === release ? [['tools', lock.tools.packages] as const] : []),
  ];
  return executePlan(plan, requestFor(work, { offline, refresh }, context), context, ({ directories }) =>
    securityUpdates({ lists, security }, path.join(directories.get('index') ?? '', 'lists')),
  );
}
