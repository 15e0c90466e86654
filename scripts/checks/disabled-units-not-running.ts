import { presetPattern } from '../flavour/index.ts';
import { type Check, failed, passed } from './check.ts';
import { isOneUnit } from './preset.ts';

export const disabledUnitsNotRunning: Check = {
  id: 'disabled-units-not-running',
  title: 'disabled units are off',
  proves:
    'No unit that the flavour disables or masks runs after boot: nothing else (a socket, D-Bus, another unit) started it.',
  core: true,
  async run({ guest, expect }) {
    const unwanted = expect.units.filter((unit) => unit.preset !== 'enable').map((unit) => unit.name);
    const states = await guest.units(unwanted.filter(isOneUnit));
    const named = states.filter(({ active }) => runningStates.includes(active)).map(({ name }) => name);
    const patterns = unwanted.filter((name) => !isOneUnit(name)).map(presetPattern);
    const { stdout } = await guest.run(`systemctl list-units --plain --no-legend --state=${runningStates.join(',')}`);
    const matched = stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[0] ?? '')
      .filter((name) => patterns.some((pattern) => pattern.test(name)));
    const running = [...new Set([...named, ...matched])];
    const evidence = states.map((state) => `${state.name}: ${state.load}, ${state.active} (${state.sub})`);
    return running.length === 0
      ? passed(`all ${unwanted.length} are off`, evidence)
      : failed(`running: ${running.join(', ')}`, evidence, { running });
  },
};

const runningStates = ['active', 'activating', 'reloading'];
