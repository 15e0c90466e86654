import type { KickstartModel } from 'kickstart-parser';

/** Names of the packages that the kickstart lists itself. */
export function listedPackages(model: KickstartModel): ReadonlySet<string> {
  return new Set(model.packages?.packages.map((entry) => entry.name) ?? []);
}
