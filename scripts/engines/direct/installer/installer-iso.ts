import { createHash } from 'node:crypto';
import type { Privilege } from '../../../process/index.ts';
import { menuPlaces } from '../grub-configuration.ts';
import { isoStage } from '../live-iso-stage.ts';
import type { OutputMaker, System } from '../output-maker.ts';
import { squashfsStage } from '../squashfs-stage.ts';
import { descriptionFile, installerImagesSteps, installerLeftovers, ownFilesSteps } from './medium-steps.ts';
import { installerToolsStages } from './tools-stages.ts';

const id = 'installer-iso';

/** The live ISO with what installs its root tree: programs that the tree lacks, and a hook that joins them to it. */
export const installerIso: OutputMaker = {
  stages: (system, privilege) => stages(system, privilege),
  files: (imageName) => [{ stage: id, name: 'image.iso', published: `${imageName}-installer.iso` }],
};

function stages(system: System, privilege: Privilege) {
  const { installer } = system;
  if (installer === undefined) throw new Error("an installer's ISO without its program");
  return [
    squashfsStage(system, privilege),
    ...installerToolsStages(installer, privilege),
    isoStage(
      system,
      {
        id,
        title: "Installer's ISO",
        after: ['installer-tools'],
        identity: `${id} ${createHash('sha256').update(installer.medium.program.text).digest('hex')}`,
        installs: true,
        written: ownFilesSteps(id, installer.medium, menuPlaces.volumeId),
        files: [descriptionFile(id)],
        packed: installerImagesSteps(id, privilege),
        left: installerLeftovers,
      },
      privilege,
    ),
  ];
}
