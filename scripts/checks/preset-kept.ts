import { presetDifferences } from '../image/index.ts';
import { type Check, failed, passed } from './check.ts';
import { isOneUnit } from './preset.ts';

export const presetKept: Check = {
  id: 'preset-kept',
  title: 'units are as the presets say',
  proves:
    'Each unit that the flavour enables, disables or masks is so on the running image, whichever engine made it: no `Also=`, script of a package or installer had another opinion.',
  core: true,
  async run({ guest, expect }) {
    const units = expect.units.filter(({ name }) => isOneUnit(name));
    const userUnits = expect.userUnits.filter(({ name }) => isOneUnit(name));
    const states = async (scope: string, names: readonly string[]) => {
      if (names.length === 0) return [];
      // One line for each, also for one that is not there.
      const quoted = names.map((name) => `'${name}'`).join(' ');
      const { stdout } = await guest.run(
        `for unit in ${quoted}; do state=$(systemctl ${scope}is-enabled "$unit" 2>/dev/null); echo "\${state:-not-found}"; done`,
      );
      return stdout.trimEnd().split('\n');
    };
    const [system, user] = [
      await states(
        '',
        units.map(({ name }) => name),
      ),
      await states(
        '--global ',
        userUnits.map(({ name }) => name),
      ),
    ];
    const found = {
      units: units.map((unit, index) => ({ ...unit, state: system[index] ?? 'unknown' })),
      userUnits: userUnits.map((unit, index) => ({ ...unit, state: user[index] ?? 'unknown' })),
    };
    const evidence = [...found.units, ...found.userUnits].map(
      ({ name, preset, state }) => `${name}: ${preset}, ${state}`,
    );
    const wrong = presetDifferences(found);
    return wrong.length === 0
      ? passed(`all ${evidence.length} are`, evidence)
      : failed(wrong.map(({ message }) => message.replace('in the built tree', 'on the image')).join('; '), evidence);
  },
};
