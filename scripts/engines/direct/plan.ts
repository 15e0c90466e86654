import type { KickstartModel } from 'kickstart-parser';
import { type CommandHandler, type ConfigureScript, postScripts } from '../../configure/index.ts';
import { type Diagnostic, ReportedError } from '../../diagnostic/index.ts';
import { imageKind, kernelArguments, volumeIdStart } from '../../image/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Privilege } from '../../process/index.ts';
import { type Question, valuesStage } from '../values/index.ts';
import type { DirectBase } from './base.ts';
import { commandHandlersWith } from './configure/index.ts';
import { configureStage } from './configure-stage.ts';
import { diskLayout } from './disk/layout.ts';
import { familyOf } from './family/family-of.ts';
import { initramfsStage } from './initramfs-stage.ts';
import type { InstallerMedium } from './installer/medium.ts';
import { packageFilesStage } from './inventory.ts';
import { listedPackages } from './listed-packages.ts';
import type { DirectLock } from './locked.ts';
import { outputMakers } from './output-makers.ts';
import type { DirectOutput } from './outputs.ts';
import { refuseUnsupported } from './refuse.ts';
import type { RpmBase } from './rpm/base.ts';

export interface DirectRequest {
  readonly flavour: string;
  /** What people know the system by. */
  readonly title: string;
  readonly model: KickstartModel;
  readonly base: DirectBase | RpmBase;
  readonly privilege: Privilege;
  /** What to make, in this order: what the kickstart is for when absent. */
  readonly outputs?: readonly DirectOutput[];
  /** What the packages are asked before anything is made of them. */
  readonly questions?: readonly Question[];
  /** Paths in the system of files that are nobody else's business: scripts that write them are not printed. */
  readonly secretFiles?: readonly string[];
  /** Of an installer's ISO. */
  readonly medium?: InstallerMedium;
  /** The exact packages to take, in the place of what the repositories have now. */
  readonly lock?: DirectLock;
}

/** What a kickstart becomes when nobody says what to make. */
export function usualOutput(model: KickstartModel): DirectOutput {
  return imageKind(model) === 'disk' ? 'disk-qcow2' : 'live-iso';
}

/**
 * The plan that makes live and disk images of a kickstart without Anaconda. What several outputs take is made once. Pure: runs
 * nothing, reads nothing.
 * @throws ReportedError with every command, option and section that the engine cannot honour
 */
export function planDirect(request: DirectRequest): Plan {
  const { model, base, privilege, questions = [], secretFiles = [], outputs = [usualOutput(model)] } = request;
  const family = familyOf(base);
  const refused: readonly Diagnostic[] = refuseUnsupported(model, family);
  if (refused.length > 0) throw new ReportedError(refused);
  const packages = family.packages(model, privilege, request.lock);
  const layout = diskLayout(model);
  const timeout = model.commands.bootloader?.timeout;
  const system = {
    flavour: request.flavour,
    base: base.name,
    title: request.title,
    volumeIdStart: volumeIdStart(request.flavour),
    kernelArguments: kernelArguments(model),
    ...(timeout !== undefined && { timeout }),
    rootBytes: packages.rootBytes,
    hasLabels: family.database.hasLabels,
    hasOwnLoaders: family.loaders === 'root tree',
    ...(layout && { layout }),
    ...(request.medium && packages.installer && { installer: { medium: request.medium, ...packages.installer } }),
  };
  const own = outputs.flatMap((output) => outputMakers[output].stages(system, privilege));
  return {
    name: `${request.flavour} on ${base.name}, direct engine`,
    stages: [
      ...packages.stages,
      ...(questions.length > 0 ? [valuesStage(questions)] : []),
      configureStage(
        configureScripts(model, commandHandlersWith(family.handlers), secretFiles),
        privilege,
        family.database,
      ),
      packageFilesStage(privilege, family.database),
      initramfsStage(privilege),
      ...own.filter((stage, index) => own.findIndex(({ id }) => id === stage.id) === index),
    ],
  };
}

/** Built-in configuration in Anaconda's order, then the %post scripts in the order of the file. */
function configureScripts(
  model: KickstartModel,
  handlers: readonly CommandHandler[],
  secretFiles: readonly string[],
): ConfigureScript[] {
  const posts = postScripts(model).map((script) => ({
    ...script,
    secret: secretFiles.some((file) => script.body.includes(file)),
  }));
  const packages = listedPackages(model);
  return [...handlers.flatMap((handler) => handler.scripts(model, packages)), ...posts];
}
