import path from 'node:path';
import type { KickstartModel } from 'kickstart-parser';
import { writeWhole } from '../../../files/index.ts';
import { titleOf } from '../../../flavour/index.ts';
import { knownComputers } from '../../../hardware/index.ts';
import { kernelArguments } from '../../../image/index.ts';
import { directoriesOf, holdsSecret } from '../../../prepare/index.ts';
import type { Job } from '../../engine/index.ts';
import { bundleProgram } from './bundle.ts';
import { type InstallerMedium, readOwnFiles } from './medium.ts';

/** The installed system's menu waits that long where the kickstart says nothing: nearly every start wants the first entry. */
const usualMenuSeconds = 1;

/**
 * What the installer's medium of a flavour has besides the system. The program is bundled now, and its text left in the build
 * directory: a plan that is printed names that file.
 * @throws CommandFailed when the program's sources cannot be bundled
 */
export async function installerMediumOf(
  { flavour, prepared, host }: Pick<Job, 'flavour' | 'prepared' | 'host'>,
  kickstart: KickstartModel,
): Promise<InstallerMedium> {
  const { buildDirectory, kickstartFile, rendered } = prepared;
  const { components, installationDisk } = prepared.flavour;
  const program = {
    text: await bundleProgram(host.runner, host.places.checkout),
    file: path.join(buildDirectory, 'installer.js'),
  };
  writeWhole(program.file, program.text);
  return {
    description: {
      title: titleOf(prepared.flavour),
      flavour,
      base: prepared.flavour.base.name,
      kernelArguments: kernelArguments(kickstart),
      menuTimeout: kickstart.commands.bootloader?.timeout ?? usualMenuSeconds,
      components: components.map(({ name }) => name),
      ...(installationDisk && { installationDisk: installationDisk.value }),
      computers: knownComputers(directoriesOf(host.places)),
    },
    program,
    ...(!holdsSecret(prepared.flavour) && { kickstart: { text: rendered.kickstart, file: kickstartFile } }),
    own: readOwnFiles(),
  };
}
