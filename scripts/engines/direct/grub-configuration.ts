import { grubMenu, menuEntry } from '../../boot-menu/index.ts';
import { placeOf } from './identifiers.ts';
import type { LiveIso } from './live-iso.ts';

/** Names of what a live ISO's menu says and only the finished image knows. */
export const menuPlaces = { volumeId: 'volume-id', imageMiB: 'image-mib', neededMiB: 'needed-mib' } as const;

/** dracut leaves as much to a system that it copies to memory (`rd.minmem`). */
export const memoryBesideCopyMiB = 1024;

/** The boot menu of a live ISO. `values`: what stands at the places, where it is known. */
export function grubConfiguration(
  iso: Pick<LiveIso, 'title' | 'kernelArguments' | 'timeout'>,
  values: Readonly<Record<keyof typeof menuPlaces, string>> = {
    volumeId: placeOf(menuPlaces.volumeId),
    imageMiB: placeOf(menuPlaces.imageMiB),
    neededMiB: placeOf(menuPlaces.neededMiB),
  },
): string {
  const live = ['rd.live.image', 'rd.live.overlay.overlayfs=1', ...iso.kernelArguments];
  const boot = [`root=live:CDLABEL=${values.volumeId}`, ...live];
  return grubMenu(
    [
      menuEntry(iso.title, '/boot/vmlinuz', '/boot/initrd.img', boot),
      menuEntry(
        `${iso.title}, copied to memory (from ${values.neededMiB} MiB on; the medium can be removed)`,
        '/boot/vmlinuz',
        '/boot/initrd.img',
        // Not dracut's own rd.live.ram: with too little memory that ends in an emergency shell.
        [...boot, `phyllome.copy=${values.imageMiB}`],
      ),
      copiedByFile(iso.title, live),
    ],
    iso.timeout,
  );
}

/**
 * Programs that copy the files of an ISO onto a FAT stick lose its label, which is too long for FAT. Then, by UEFI alone, an
 * entry is there that finds the stick by its number.
 */
function copiedByFile(title: string, live: readonly string[]): string {
  return [
    'if [ "$grub_platform" = efi ]; then',
    '  probe --set=medium --fs $root',
    '  if [ "$medium" = fat ]; then',
    '    probe --set=number --fs-uuid $root',
    menuEntry(`${title}, copied by file`, '/boot/vmlinuz', '/boot/initrd.img', live, 'root=live:UUID=$number'),
    '    set default=2',
    '  fi',
    'fi',
  ].join('\n');
}
