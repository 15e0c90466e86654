import { diskQcow2, diskRaw } from './disk/disk-outputs.ts';
import { installerIso } from './installer/installer-iso.ts';
import { liveIsoStage } from './live-iso-stage.ts';
import { ociFile, ociStage } from './oci-stage.ts';
import type { OutputMaker } from './output-maker.ts';
import type { DirectOutput } from './outputs.ts';
import { pxeFiles, pxeStage } from './pxe-stage.ts';
import { squashfsStage } from './squashfs-stage.ts';

export const outputMakers: Readonly<Record<DirectOutput, OutputMaker>> = {
  'live-iso': {
    stages: (system, privilege) => [squashfsStage(system, privilege), liveIsoStage(system, privilege)],
    files: (imageName) => [{ stage: 'live-iso', name: 'image.iso', published: `${imageName}.iso` }],
  },
  'installer-iso': installerIso,
  'disk-raw': diskRaw,
  'disk-qcow2': diskQcow2,
  pxe: {
    stages: (system, privilege) => [squashfsStage(system, privilege), pxeStage(system)],
    files: () => pxeFiles.map((name) => ({ stage: 'pxe', name, published: `pxe/${name}` })),
  },
  oci: {
    stages: (system, privilege) => [ociStage(system, system.rootBytes, privilege)],
    files: (imageName) => [{ stage: 'oci', name: ociFile, published: `${imageName}.oci.tar` }],
  },
};
