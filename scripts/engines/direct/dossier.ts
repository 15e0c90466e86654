import path from 'node:path';
import type { Diagnostic } from '../../diagnostic/index.ts';
import {
  billFiles,
  billOf,
  dossierFiles,
  namesOf,
  postureFindings,
  postureOf,
  readFacts,
  unknownPackages,
} from '../../dossier/index.ts';
import type { BuildManifest } from '../../image/index.ts';
import { programVersion } from '../../places/index.ts';
import type { Job } from '../engine/index.ts';

/** What the stages noted of the system, as it is published beside the images: content by name. */
export function dossierOf(
  { prepared, host }: Pick<Job, 'prepared' | 'host'>,
  manifest: BuildManifest,
  directoryOf: (stage: string) => string,
): ReadonlyMap<string, string | Uint8Array> {
  const places = {
    configure: directoryOf('configure'),
    packageFiles: directoryOf('package-files'),
    lock: path.join(directoryOf('resolve'), 'lock'),
    toolsStatus: path.join(directoryOf('tools'), 'root/var/lib/dpkg/status'),
  };
  const { inputHash } = manifest;
  const dossier = readFacts(places, { inputHash, phyllome: programVersion(host.places.checkout) });
  // It is the flavour's own matter: the image is made, and told as what it is.
  host.warn(asWarnings(postureFindings(postureOf(manifest, dossier))));
  host.warn(unknownPackages(manifest.vulnerabilities ?? [], namesOf(dossier.contents.packages)));
  const kickstart = { name: path.basename(prepared.kickstartFile), text: prepared.rendered.kickstart };
  return new Map([...dossierFiles(dossier), ...billFiles(billOf(manifest, dossier, kickstart), prepared.imageName)]);
}

const asWarnings = (findings: readonly Diagnostic[]) =>
  findings.map((one) => ({ ...one, severity: 'warning' as const }));
