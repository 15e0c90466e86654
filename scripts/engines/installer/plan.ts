import { volumeId } from '../../image/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Privilege } from '../../process/index.ts';
import type { FedoraIso } from '../fedora-iso/index.ts';
import { toolsStage } from '../tools/index.ts';
import { installerMenu } from './boot-menu.ts';
import { kickstartName, mediumStage } from './medium-stage.ts';
import type { Source } from './read-source.ts';
import { sourceStage } from './source-stage.ts';

export interface InstallerRequest {
  readonly flavour: string;
  /** What people know the system by. */
  readonly title: string;
  readonly base: string;
  readonly kickstart: string;
  readonly isSecret: boolean;
  /** Wipes disks without asking. */
  readonly unattended: boolean;
  readonly iso: FedoraIso;
}

export interface Surroundings {
  /** Where the tools tree's packages come from. */
  readonly mirror: string;
  readonly privilege: Privilege;
}

/** Reads what must be edited out of the medium. */
export function planSource(iso: FedoraIso, { mirror, privilege }: Surroundings): Plan {
  return { name: `boot files of ${iso.volume.id}`, stages: [toolsStage(mirror, privilege), sourceStage(iso)] };
}

/** The plan that makes an installer medium out of Fedora's. Pure: `source` is what the first plan has read. */
export function planInstaller(request: InstallerRequest, source: Source, surroundings: Surroundings): Plan {
  const { iso, flavour } = request;
  const newLabel = volumeId(flavour, [request.kickstart, iso.sha256]);
  const menu = (text: string) =>
    installerMenu(text, {
      oldLabel: iso.volume.id,
      newLabel,
      title: request.title,
      bootArguments: [`inst.ks=hd:LABEL=${newLabel}:/${kickstartName}`],
      unattended: request.unattended,
    });
  return {
    name: `installer of ${flavour} on ${request.base}${request.unattended ? ', unattended' : ''}`,
    stages: [
      ...planSource(iso, surroundings).stages,
      mediumStage({
        iso,
        kickstart: request.kickstart,
        isSecret: request.isSecret,
        volumeId: newLabel,
        menus: new Map([...source.menus].map(([file, text]) => [file, menu(text)])),
        efiMenu: menu(source.efiMenu),
      }),
    ],
  };
}
