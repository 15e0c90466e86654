import type { Diagnostic } from '../diagnostic/index.ts';
import type { Manifest, ManifestUnit } from './manifest.ts';

/** The states on disk that keep a preset's word. `alias` is a second name of an enabled unit. */
const KEPT: Readonly<Record<ManifestUnit['preset'], readonly string[]>> = {
  enable: ['enabled', 'enabled-runtime', 'alias', 'generated'],
  // What is not there, or only another unit can start, need not be switched off.
  disable: ['disabled', 'static', 'indirect', 'masked', 'generated', 'not-found'],
  mask: ['masked', 'not-found'],
};

/** Where the built tree is not what the presets say: a package's script or an overlay had another opinion. */
export function presetDifferences({ units, userUnits }: Pick<Manifest, 'units' | 'userUnits'>): readonly Diagnostic[] {
  const differences = (all: readonly ManifestUnit[], of: string) =>
    all
      // A pattern or a template names no unit that could have a state.
      .filter(({ name, preset, state }) => !/[*?[]|@\./.test(name) && !KEPT[preset].includes(state))
      .map(
        ({ name, preset, state, component, reason }): Diagnostic => ({
          code: 'preset-not-kept',
          severity: 'error',
          message: `\`${name}\`${of} is ${state} in the built tree, and ${component} says \`${preset}\`: ${reason}`,
          hint: 'a script of a package or component switched it behind the preset, or the unit has no [Install] section',
        }),
      );
  return [...differences(units, ''), ...differences(userUnits, " of users' managers")];
}
