import { ReportedError } from '../../diagnostic/index.ts';
import type { ResolvedFlavour } from '../../flavour/index.ts';

/**
 * Anaconda chooses a disk by its name alone.
 * @throws ReportedError `no-disk-selectors` where the flavour says what the disk must be like
 */
export function refuseSelector({ installationDisk }: Pick<ResolvedFlavour, 'installationDisk'>): void {
  if (installationDisk === undefined) return;
  throw new ReportedError({
    code: 'no-disk-selectors',
    severity: 'error',
    message: "Fedora's installer cannot be told what the disk must be like: `installationDisk`",
    span: installationDisk.at,
    hint: 'Leave it out, and name the disk in a kickstart: `ignoredisk --only-use=DISK`. The output `installer-iso` honours it.',
  });
}
