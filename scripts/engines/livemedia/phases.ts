import { type InstallPhase, installPhases } from '../anaconda/index.ts';
import { type Output, outputKinds } from './output.ts';

/** The markers are those of lorax 46. */
const begin: InstallPhase = {
  id: 'begin',
  title: 'Checks',
  begins: /livemedia-creator v|disk_img = |Using disk size of/,
};

const media: readonly (InstallPhase & { readonly outputs: readonly Output[] })[] = [
  {
    id: 'squashfs',
    title: 'Packing the root tree',
    begins: /Creating a \S+ (?:only )?runtime|working dir is/,
    grows: 'images/install.img',
    outputs: ['iso'],
  },
  {
    id: 'rootfs',
    title: 'Packing the root tree',
    begins: /Packing live rootfs image/,
    grows: 'live-rootfs.squashfs.img',
    outputs: ['pxe'],
  },
  {
    id: 'dracut',
    title: 'Building the live initramfs',
    begins: /Rebuilding initrds|rebuilding boot\/|Rebuilding initramfs for live/,
    outputs: ['iso', 'pxe'],
  },
  { id: 'iso', title: 'Writing the ISO', begins: /Building boot\.iso|running x86\.tmpl/, outputs: ['iso'] },
  { id: 'convert', title: 'Converting to qcow2', begins: /Converting \S+ to qcow2/, outputs: ['qcow2'] },
];

/** What livemedia-creator goes through for an output, in the order in which it comes: most of it is Anaconda's. */
export function phasesOf(output: Output): readonly InstallPhase[] {
  return [begin, ...installPhases(outputKinds[output]), ...media.filter(({ outputs }) => outputs.includes(output))];
}

/** The line that says that all went well. */
export const successMarker = /Results are in /;
