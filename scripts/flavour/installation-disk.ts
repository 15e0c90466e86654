import type { Findings } from './findings.ts';
import type { Layer } from './layer.ts';
import type { Sourced } from './model.ts';
import { singleValue } from './single-values.ts';
import type { InstallationDisk } from './source-files.ts';

/** Which disk an installer medium takes, as one of the layers says it whole. */
export function resolveInstallationDisk(
  layers: readonly Layer[],
  findings: Findings,
): Sourced<InstallationDisk> | undefined {
  const disk = singleValue<InstallationDisk>(layers, ['installationDisk'], findings);
  const { minimumGiB, maximumGiB } = disk?.value ?? {};
  if (disk && minimumGiB !== undefined && maximumGiB !== undefined && minimumGiB > maximumGiB) {
    const message = `no disk has at least ${minimumGiB} GiB and at most ${maximumGiB} GiB`;
    findings.error('no-such-disk', message, disk.at);
  }
  return disk;
}
