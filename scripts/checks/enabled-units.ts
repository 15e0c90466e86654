import type { UnitState } from '../lab/guest/unit-state.ts';
import { type Check, failed, passed } from './check.ts';
import { isOneUnit, unitStates } from './unit-states.ts';

export const enabledUnits: Check = {
  id: 'enabled-units',
  title: 'enabled units do their work',
  proves:
    'Every unit that the flavour enables is active or listening; a one-shot service has run without failure, and a unit whose condition was not met is said to be so.',
  core: true,
  async run({ guest, expect }) {
    const wanted = expect.units.filter((unit) => unit.preset === 'enable' && isOneUnit(unit.name));
    const states = await unitStates(
      guest,
      wanted.map((unit) => unit.name),
    );
    const judged = states.map((state) => ({ state, verdict: judgeEnabled(state) }));
    const evidence = judged.map(
      ({ state, verdict }) => `${state.name}: ${state.active} (${state.sub}), ${verdict.why}`,
    );
    const bad = judged.filter(({ verdict }) => !verdict.fine);
    return bad.length === 0
      ? passed(`all ${states.length} are`, evidence)
      : failed(`not: ${bad.map(({ state }) => state.name).join(', ')}`, evidence);
  },
};

/** Whether an enabled unit in this state does what it was enabled for, and why. */
function judgeEnabled(state: UnitState): { fine: boolean; why: string } {
  if (state.load !== 'loaded') return { fine: false, why: `the unit is ${state.load}` };
  if (state.active === 'failed') return { fine: false, why: `it failed: ${state.result}` };
  if (state.active === 'active') return { fine: true, why: 'at work' };
  if (state.conditionFailed) return { fine: true, why: 'skipped by its own condition' };
  if (state.type === 'oneshot' && state.hasRun && state.result === 'success')
    return { fine: true, why: 'ran and ended well' };
  // libvirt's daemons end by themselves when nobody uses them; their sockets start them again.
  if (state.hasRun && state.result === 'success' && state.startedOnDemand)
    return { fine: true, why: 'ended well, started again on demand' };
  return { fine: false, why: state.hasRun ? 'it ended' : 'it was never started' };
}
