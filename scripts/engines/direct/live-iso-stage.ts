import { type CachedStage, outputOf, type Step, writeInputTo } from '../../plan/index.ts';
import type { Privilege } from '../../process/index.ts';
import { efiSteps } from './efi-partition.ts';
import { grubConfiguration, loopbackConfiguration, memoryBesideCopyMiB, menuPlaces } from './grub-configuration.ts';
import { identifierFile, identifiersStep, placeOf } from './identifiers.ts';
import type { LiveIso } from './live-iso.ts';
import { inToolsTreeDated } from './made-at.ts';
import { squashfsFile } from './squashfs-stage.ts';

/** Live root file system + initramfs → a hybrid ISO that boots by BIOS and UEFI, from CD and from USB. */
export function liveIsoStage(iso: LiveIso, privilege: Privilege): CachedStage {
  const more: MoreOnIso = {
    id: 'live-iso',
    title: 'Live ISO',
    identity: '',
    after: [],
    written: [],
    files: [],
    packed: [],
    left: [],
  };
  return isoStage(iso, more, privilege);
}

/** What an ISO has besides the live system. */
export interface MoreOnIso {
  readonly id: string;
  readonly title: string;
  /** What else than the system tells two of them apart: each finds its own root file system. */
  readonly identity: string;
  /** Stages that it takes this from. */
  readonly after: readonly string[];
  /** It installs, and the menu says so. */
  readonly installs?: true;
  /** Steps that write what has places for identifiers, in these files. */
  readonly written: readonly Step[];
  readonly files: readonly string[];
  /** Steps that come when these have their values. */
  readonly packed: readonly Step[];
  /** What of the stage is no longer wanted when the ISO is there. */
  readonly left: readonly string[];
}

export function isoStage(iso: LiveIso, more: MoreOnIso, privilege: Privilege): CachedStage {
  const stage = outputOf(more.id);
  const tree = `${stage}/iso`;
  const initramfs = outputOf('initramfs');
  return {
    id: more.id,
    title: more.title,
    key: { values: [], stages: ['root-tree', 'configure', 'initramfs', 'squashfs', ...more.after], files: [] },
    reuse: { kind: 'always' },
    // The root file system and the ISO beside each other, each about half of the tree.
    estimatedBytes: iso.rootBytes,
    steps: [
      {
        id: 'grub-configuration',
        title: 'Writing the boot menu',
        argv: writeInputTo(`${tree}/boot/grub/grub.cfg`),
        stdin: grubConfiguration({ ...iso, ...(more.installs && { installs: true }) }),
        needs: [],
      },
      {
        id: 'loopback-configuration',
        title: 'Writing the boot menu for who starts the ISO out of a file',
        argv: writeInputTo(`${tree}/boot/grub/loopback.cfg`),
        stdin: loopbackConfiguration,
        needs: [],
      },
      ...more.written,
      identifiersStep(
        more.id,
        [{ name: menuPlaces.volumeId, kind: { hex: iso.volumeIdStart } }],
        [more.identity, iso.title, ...iso.kernelArguments].filter((word) => word !== '').join(' '),
        [`${tree}/boot/grub/grub.cfg`, ...more.files],
      ),
      {
        id: 'menu-sizes',
        title: 'Writing what a copy in memory takes',
        argv: ['sh', '-euc', menuSizes, squashfsFile, `${tree}/boot/grub/grub.cfg`],
        needs: [],
      },
      {
        id: 'kernel',
        title: 'Adding kernel, initramfs and root file system',
        argv: ['sh', '-euc', addSystem, tree, initramfs, squashfsFile],
        needs: [],
      },
      ...more.packed,
      ...efiSteps(more.id, identifierFile(more.id, menuPlaces.volumeId), iso.hasOwnLoaders === true, privilege),
      {
        id: 'iso',
        title: 'Writing the ISO',
        argv: inToolsTreeDated(writeIso(more.id, tree, `${stage}/efi.img`), [stage]),
        needs: [],
        progress: 'percentage',
      },
      {
        id: 'facts',
        title: 'Measuring',
        argv: [
          'sh',
          '-euc',
          `cd "$0"; sha256sum image.iso > sums; mv identifiers/volume-id .; rm -r ${['iso', 'efi.img', ...(iso.hasOwnLoaders === true ? ['loaders'] : []), 'identifiers', ...more.left].join(' ')}`,
          stage,
        ],
        needs: [],
      },
    ],
  };
}

const addSystem =
  'cp "$1/vmlinuz" "$1/initrd.img" "$0/boot/"; mkdir -p "$0/LiveOS"; cp --reflink=auto "$2" "$0/LiveOS/"';

/** $0: the image; $1: the menu. */
const menuSizes = [
  'size=$(( ($(stat -c %s "$0") + 1048575) / 1048576 ))',
  `sed -i "s/${placeOf(menuPlaces.imageMiB)}/$size/g; s/${placeOf(menuPlaces.neededMiB)}/$((size + ${memoryBesideCopyMiB}))/g" "$1"`,
].join('\n');

/**
 * BIOS by grub-mkrescue's own means, UEFI by the partition, which is in the boot catalogue of a CD as well.
 *
 * By the date of the last change GRUB finds the medium that it was started from, and xorriso makes the identifiers of the partitions
 * of it: no two builds may share it, and the same content shall have the same. So the day is that of the packages, and the time
 * of the day, to a hundredth of a second, comes from the identifier, which follows from the content.
 */
function writeIso(id: string, tree: string, efi: string): string[] {
  return [
    'sh',
    '-euc',
    [
      'volume=$(cat "$0"); number=$((0x${volume#"${volume%????????}"}))',
      'time=$(printf %02d%02d%02d%02d $((number / 360000 % 24)) $((number / 6000 % 60)) $((number / 100 % 60)) $((number % 100)))',
      'program=$1; shift',
      'exec "$program" --modification-date="$(date -d "@$SOURCE_DATE_EPOCH" +%Y%m%d)$time" "$@" -volid "$volume" -alter_date_r b "=$SOURCE_DATE_EPOCH" / --',
    ].join('\n'),
    identifierFile(id, menuPlaces.volumeId),
    'grub-mkrescue',
    '--directory=/usr/lib/grub/i386-pc',
    '-o',
    `${outputOf(id)}/image.iso`,
    tree,
    '-append_partition',
    '2',
    '0xef',
    efi,
    '-appended_part_as_gpt',
    '-eltorito-alt-boot',
    '-e',
    '--interval:appended_partition_2:all::',
    '-no-emul-boot',
    '--',
  ];
}
