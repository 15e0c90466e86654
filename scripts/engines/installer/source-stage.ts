import { outputOf, type Stage } from '../../plan/index.ts';
import { inToolsTree } from '../../process/index.ts';
import type { FedoraIso } from '../fedora-iso/index.ts';

/** Boot menus that a Fedora medium may have; each is an ordinary file of the ISO. */
export const menuFiles = [
  'boot/grub2/grub.cfg',
  'EFI/BOOT/grub.cfg',
  'EFI/BOOT/BOOT.conf',
  'isolinux/isolinux.cfg',
] as const;

/** The menu inside the UEFI partition is a copy of its own, the one that UEFI reads. */
export const efiMenu = 'EFI/BOOT/grub.cfg';

/** The medium → its boot menus in `files/`, its UEFI partition as `efi.img` and that one's menu as `efi-grub.cfg`. */
export function sourceStage(iso: FedoraIso): Stage {
  const stage = outputOf('installer-source');
  const tools = `${outputOf('tools')}/root`;
  const inside = (argv: readonly string[]) =>
    inToolsTree(tools, argv, { read: [iso.file], write: [stage], cwd: stage });
  const extract = [
    'mkdir files; for file in "$@"; do mkdir -p "files/$(dirname "$file")"',
    'xorriso -osirrox on -indev "$0" -extract "/$file" "files/$file" 2> extract.log || echo "no $file"; done',
    'chmod -R u+w files',
  ].join('; ');
  // The UEFI partition lies behind the ISO's own files; older media have it as a file, which El Torito points to.
  const partition = [
    'xorriso -osirrox on -indev "$0" -extract_boot_images boot',
    'for image in boot/gpt_part*_efi.img boot/mbr_part*_efi.img boot/eltorito_img*_uefi.img; do [ ! -e "$image" ] || { mv "$image" efi.img; break; }; done',
    '[ -e efi.img ] || { echo "the medium has no UEFI partition" >&2; exit 1; }',
    `chmod u+w efi.img; mcopy -i efi.img ::/${efiMenu} efi-grub.cfg; rm -r boot`,
  ].join('; ');
  return {
    id: 'installer-source',
    title: 'Boot files of the medium',
    key: { values: [iso.sha256], stages: [], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 50e6,
    steps: [
      {
        id: 'menus',
        title: 'Taking out the boot menus',
        argv: inside(['sh', '-euc', extract, iso.file, ...menuFiles]),
        needs: [],
      },
      {
        id: 'efi',
        title: 'Taking out the UEFI partition',
        argv: inside(['sh', '-euc', partition, iso.file]),
        needs: [],
      },
    ],
  };
}
