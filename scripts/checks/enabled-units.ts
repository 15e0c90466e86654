import type { UnitState } from '../lab/index.ts';
import { type Check, failed, passed } from './check.ts';
import { decidingPreset, isOneUnit, type PresetLine, presetLines } from './preset.ts';

export const enabledUnits: Check = {
  id: 'enabled-units',
  title: 'enabled units do their work',
  proves:
    'Every unit that the flavour enables is active or listening; a one-shot service has run without failure, and a unit whose condition was not met is said to be so.',
  core: true,
  async run({ guest, expect }) {
    const wanted = expect.units.filter((unit) => unit.preset === 'enable' && isOneUnit(unit.name));
    const states = await guest.units(wanted.map((unit) => unit.name));
    const judged = states.map((state) => ({ state, verdict: judgeEnabled(state) }));
    const unstarted = judged.some(({ verdict }) => verdict.why === neverStarted);
    const presets = unstarted ? await presetLines(guest) : [];
    const reason = (name: string, why: string) => (why === neverStarted ? withPreset(name, presets) : why);
    const evidence = judged.map(
      ({ state, verdict }) => `${state.name}: ${state.active} (${state.sub}), ${reason(state.name, verdict.why)}`,
    );
    const bad = judged.filter(({ verdict }) => !verdict.fine);
    return bad.length === 0
      ? passed(`all ${states.length} are`, evidence)
      : failed(
          `not: ${bad.map(({ state, verdict }) => `${state.name} (${reason(state.name, verdict.why)})`).join(', ')}`,
          evidence,
        );
  },
};

const neverStarted = 'it was never started';

/** Nobody starts what is not enabled: a preset may be behind it, which overrules the flavour's. */
function withPreset(name: string, presets: readonly PresetLine[]): string {
  const preset = decidingPreset(name, presets);
  return preset?.verb === 'disable' ? `${neverStarted}: ${preset.place} disables it` : neverStarted;
}

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
  return { fine: false, why: state.hasRun ? 'it ended' : neverStarted };
}
