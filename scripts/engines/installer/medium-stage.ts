import { outputOf, type Stage, type Step, writeInputTo } from '../../plan/index.ts';
import { inToolsTree } from '../../process/index.ts';
import type { FedoraIso } from '../fedora-iso/index.ts';
import { efiMenu } from './source-stage.ts';

export interface MediumRequest {
  readonly iso: FedoraIso;
  readonly kickstart: string;
  /** The kickstart holds the hash of a password. */
  readonly isSecret: boolean;
  readonly volumeId: string;
  /** Edited boot menus by their path on the medium. */
  readonly menus: ReadonlyMap<string, string>;
  /** The one inside the UEFI partition. */
  readonly efiMenu: string;
}

/** Name of the kickstart on the medium. */
export const kickstartName = 'phyllome.ks';

/** Type of an EFI system partition. */
const espType = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B';

/**
 * The medium with our kickstart and menus. xorriso repeats the boot set-up of the original; the UEFI partition is
 * changed by mtools, so that neither root nor a loop device is needed. All times are the original's: same input, same bytes.
 */
export function mediumStage(request: MediumRequest): Stage {
  const stage = outputOf('installer');
  const tools = `${outputOf('tools')}/root`;
  const source = outputOf('installer-source');
  const { iso } = request;
  const inside = (argv: readonly string[]) =>
    inToolsTree(tools, argv, { read: [iso.file, source], write: [stage], cwd: stage });
  const env = { SOURCE_DATE_EPOCH: String(iso.volume.madeAt), TZ: 'UTC' };
  const touch = `find files -exec touch --no-dereference --date=@${iso.volume.madeAt} {} +`;
  const maps = [...request.menus.keys()].flatMap((file) => ['-map', `files/${file}`, `/${file}`]);
  return {
    id: 'installer',
    title: 'Installer ISO',
    key: { values: [iso.sha256], stages: ['installer-source'], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: iso.volume.bytes + 100e6,
    steps: [
      {
        id: 'kickstart',
        title: 'Placing the kickstart',
        argv: writeInputTo(`${stage}/files/${kickstartName}`),
        stdin: request.kickstart,
        ...(request.isSecret && { secret: true }),
        needs: [],
      },
      ...[...request.menus].map(([file, text]) => writeStep(`Writing ${file}`, `${stage}/files/${file}`, text)),
      writeStep('Writing the menu of the UEFI partition', `${stage}/files/efi-grub.cfg`, request.efiMenu),
      {
        id: 'efi',
        title: 'Changing the UEFI partition',
        argv: inside([
          'sh',
          '-euc',
          `${touch}; cp "$0/efi.img" efi.img; mcopy -o -m -i efi.img files/efi-grub.cfg ::/${efiMenu}`,
          source,
        ]),
        env,
        needs: [],
      },
      {
        id: 'iso',
        title: 'Writing the ISO',
        argv: inside([
          'xorriso',
          '-indev',
          iso.file,
          '-outdev',
          'installer.iso',
          '-volid',
          request.volumeId,
          '-boot_image',
          'any',
          'replay',
          '-append_partition',
          '2',
          espType,
          'efi.img',
          // A file of 4 GiB or more needs level 3; it costs nothing elsewhere.
          '-compliance',
          'iso_9660_level=3',
          '-uid',
          '0',
          '-gid',
          '0',
          '-map',
          `files/${kickstartName}`,
          `/${kickstartName}`,
          '-chmod',
          '0444',
          `/${kickstartName}`,
          '--',
          ...maps,
          '-volume_date',
          'all_file_dates',
          `=${iso.volume.madeAt}`,
          '-volume_date',
          'uuid',
          uuidDate(iso.volume.madeAt),
          '-commit_eject',
          'none',
        ]),
        env,
        needs: [],
        progress: 'percentage',
      },
      {
        id: 'media-check',
        title: 'Computing what the media check compares with',
        argv: inside(['implantisomd5', '--force', 'installer.iso']),
        needs: [],
      },
      {
        id: 'checksum',
        title: 'Computing the checksum',
        argv: ['sh', '-euc', 'cd "$0"; rm -r files efi.img; sha256sum installer.iso > sha256', stage],
        needs: [],
      },
    ],
  };
}

function writeStep(title: string, file: string, text: string): Step {
  return {
    id: `write-${file.replaceAll(/[^a-zA-Z0-9]+/g, '-').toLowerCase()}`,
    title,
    argv: writeInputTo(file),
    stdin: text,
    needs: [],
  };
}

/** `YYYYMMDDHHMMSSCC`, which xorriso also makes the disk's identifiers of. */
function uuidDate(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().replaceAll(/[-:TZ]|\.\d+/g, '')}00`;
}
