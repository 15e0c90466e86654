import type { Diagnostic } from '../../diagnostic/index.ts';
import type { ResolvedFlavour } from '../model.ts';
import { absentModules } from './absent-modules.ts';
import { acsOverride } from './acs-override.ts';
import { addresses } from './addresses.ts';
import { bridges } from './bridges.ts';
import { earlierPresets } from './earlier-presets.ts';
import { emptyPassphrase } from './empty-passphrase.ts';
import { openLoginOnDisk } from './open-login.ts';
import { repeatedCommands } from './repeated-commands.ts';
import type { FlavourRule } from './rule.ts';
import { staticUnits } from './static-units.ts';
import { systemValues } from './system-values.ts';
import { templateUnits } from './template-units.ts';

/** What is well-formed and yet cannot work. Each rule is one fault that a kickstart of Phyllome OS once had. */
const RULES: readonly FlavourRule[] = [
  absentModules,
  acsOverride,
  staticUnits,
  templateUnits,
  repeatedCommands,
  emptyPassphrase,
  systemValues,
  addresses,
  bridges,
  earlierPresets,
  openLoginOnDisk,
];

export function lintFlavour(flavour: ResolvedFlavour): readonly Diagnostic[] {
  return RULES.flatMap((rule) => rule(flavour));
}
