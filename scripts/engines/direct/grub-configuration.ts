import { grubMenu, menuEntry } from '../../boot-menu/index.ts';
import { placeOf } from './identifiers.ts';
import { installEntry, installerMenuSeconds } from './installer/menu.ts';
import type { LiveIso } from './live-iso.ts';

/** Names of what a live ISO's menu says and only the finished image knows. */
export const menuPlaces = { volumeId: 'volume-id', imageMiB: 'image-mib', neededMiB: 'needed-mib' } as const;

/** dracut leaves as much to a system that it copies to memory (`rd.minmem`). */
export const memoryBesideCopyMiB = 1024;

/**
 * The boot menu of a live ISO. `values`: what stands at the places, where it is known. `installs`: the first entry installs, and
 * the live ones are called trying.
 */
export function grubConfiguration(
  iso: Pick<LiveIso, 'title' | 'kernelArguments' | 'timeout'> & { readonly installs?: boolean },
  values: Readonly<Record<keyof typeof menuPlaces, string>> = {
    volumeId: placeOf(menuPlaces.volumeId),
    imageMiB: placeOf(menuPlaces.imageMiB),
    neededMiB: placeOf(menuPlaces.neededMiB),
  },
): string {
  const live = ['rd.live.image', 'rd.live.overlay.overlayfs=1', ...iso.kernelArguments];
  const boot = [`root=live:CDLABEL=${values.volumeId}`, ...live];
  const installs = iso.installs === true;
  const title = installs ? `Try ${iso.title}` : iso.title;
  const always = [
    ...(installs ? [installEntry(`Install ${iso.title}`, boot, '$medium_file')] : []),
    menuEntry(title, '/boot/vmlinuz', '/boot/initrd.img', boot, '$medium_file'),
    menuEntry(
      `${title}, copied to memory (from ${values.neededMiB} MiB on; the medium can be removed)`,
      '/boot/vmlinuz',
      '/boot/initrd.img',
      // Not dracut's own rd.live.ram: with too little memory that ends in an emergency shell.
      [...boot, `phyllome.copy=${values.imageMiB}`],
      '$medium_file',
    ),
  ];
  const byFile = [
    ...(installs ? [installEntry(`Install ${iso.title}, copied by file`, live, fatRoot)] : []),
    menuEntry(`${title}, copied by file`, '/boot/vmlinuz', '/boot/initrd.img', live, fatRoot),
  ];
  return grubMenu(
    [startedFromFile, ...always, copiedByFile(byFile, always.length)],
    iso.timeout ?? (installs ? installerMenuSeconds : undefined),
  );
}

/** In GRUB's own words: where the files lie that were copied. */
const fatRoot = 'root=live:UUID=$number';

/**
 * Another GRUB, on a stick full of ISO files, can start this one out of its file. By agreement of the distributions it says
 * where that is in `iso_path`, and asks for /boot/grub/loopback.cfg; dracut then looks for the file on every disk. It cannot
 * read a path with blanks.
 */
const startedFromFile = [
  'set medium_file=',
  'if [ -n "$iso_path" ]; then',
  '  set medium_file="iso-scan/filename=$iso_path"',
  '  if regexp " " "$iso_path"; then',
  '    echo "The path of this ISO file has a blank, with which it is not found: $iso_path"',
  '    echo "Give it a name without one. Any key goes on to the menu."',
  '    read answer',
  '  fi',
  'fi',
].join('\n');

/** What that other GRUB reads: the same menu. */
export const loopbackConfiguration = 'source /boot/grub/grub.cfg\n';

/**
 * Programs that copy the files of an ISO onto a FAT stick lose its label, which is too long for FAT. Then, by UEFI alone,
 * entries are there that find the stick by its number; the first of them is taken, behind `before` others.
 */
function copiedByFile(entries: readonly string[], before: number): string {
  return [
    'if [ "$grub_platform" = efi ]; then',
    '  probe --set=medium --fs $root',
    '  if [ "$medium" = fat ]; then',
    '    probe --set=number --fs-uuid $root',
    ...entries,
    `    set default=${before}`,
    '  fi',
    'fi',
  ].join('\n');
}
