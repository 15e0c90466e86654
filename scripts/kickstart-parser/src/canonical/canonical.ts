import type { KickstartModel } from '../model/model.ts';
import { canonicalCommands } from './commands.ts';
import { canonicalPackages } from './packages.ts';
import { canonicalAddon, canonicalCertificate, canonicalScript } from './sections.ts';

/**
 * Prints a model in canonical form: commands in a fixed order, then scripts, add-ons, packages, certificates. Comments
 * and everything else that carries no meaning are gone. Two kickstarts with the same canonical form install the same.
 */
export function canonical(model: KickstartModel): string {
  const addons = model.addons.map(canonicalAddon).join('\n');
  const others = [
    ...(model.packages === undefined ? [] : [canonicalPackages(model.packages, model.version)]),
    ...model.certificates.map(canonicalCertificate),
  ];
  // What follows the add-ons follows without a blank line.
  const [afterAddons = '', ...rest] = addons === '' ? ['', ...others] : others;
  const sections = [
    ...model.scripts.map(canonicalScript),
    ...(addons === '' ? [] : [`${addons}${afterAddons}`]),
    ...rest,
  ];
  const platform = model.platform === undefined ? '' : `#platform=${model.platform}\n`;
  return `${platform}${canonicalCommands(model)}${sections.map((section) => `\n${section}`).join('')}`;
}
