import { outputOf, type Step } from '../../plan/index.ts';
import { inToolsTree, type Privilege } from '../../process/index.ts';
import { mergedRoot, withFinishedRoot } from './layers.ts';
import { inToolsTreeDated } from './made-at.ts';

/**
 * Writes `efi.img` of an ISO's stage, a FAT image, and its files beside those of the ISO. `identifier`: the file whose last digits are
 * its number; `areOwn`: the boot loaders are those that the system's packages have, and else the tools tree's.
 */
export function efiSteps(id: string, identifier: string, areOwn: boolean, privilege: Privilege): readonly Step[] {
  const stage = outputOf(id);
  const script = areOwn ? ownPartition : debianPartition;
  const image: Step = {
    id: 'efi',
    title: 'Adding the signed boot loaders for UEFI',
    argv: inToolsTreeDated(['sh', '-euc', script, identifier, `${stage}/efi.img`, `${stage}/iso`], [stage]),
    needs: [],
  };
  return areOwn ? [loadersStep(id, privilege), image] : [image];
}

/** $0: the number's file; $1: the image; $2: the files of the ISO. mformat would make up a serial number. */
const begun = (size: string): string => `mkdir -p "$2/.disk"; echo 'Phyllome OS' > "$2/.disk/info"
rm -f "$1"; truncate -s ${size} "$1"; mformat -i "$1" -v PHYLLOME_EFI -N "$(tail -c 9 "$0")" ::; mmd -i "$1" ::/EFI ::/EFI/BOOT ::/boot`;

const ended = `# The same for who copies the files onto a FAT stick.
mkdir -p "$2/EFI/BOOT"; mcopy -n -i "$1" ::/EFI/BOOT/* "$2/EFI/BOOT/"`;

/**
 * What Debian has signed, as files of its own cannot be: firmware with Secure Boot starts shim, shim starts GRUB, GRUB starts Debian's
 * kernel. This GRUB looks for /boot/grub here first (without a /boot it complains on the screen), then for the medium that has a
 * file /.disk/info.
 */
const debianPartition = `${begun('6M')}
mcopy -i "$1" /usr/lib/shim/shimx64.efi.signed ::/EFI/BOOT/BOOTX64.EFI
mcopy -i "$1" /usr/lib/shim/mmx64.efi.signed ::/EFI/BOOT/mmx64.efi
mcopy -i "$1" /usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed ::/EFI/BOOT/grubx64.efi
${ended}`;

/**
 * What the system's own distribution has signed: its shim trusts its GRUB and its kernel, and no other's. Fedora's GRUB for media
 * reads its menu beside itself, others look for /.disk/info by themselves.
 */
const ownPartition = `${begun('16M')}
cat > /tmp/grub.cfg <<'END'
search --no-floppy --set=root --file /.disk/info
set prefix=($root)/boot/grub
configfile /boot/grub/grub.cfg
END
loaders=$(dirname "$1")/loaders
for file in BOOTX64.EFI mmx64.efi grubx64.efi; do mcopy -i "$1" "$loaders/$file" "::/EFI/BOOT/$file"; done
mcopy -i "$1" /tmp/grub.cfg ::/EFI/BOOT/grub.cfg
${ended}`;

function loadersStep(id: string, privilege: Privilege): Step {
  const to = `${outputOf(id)}/loaders`;
  const root = mergedRoot(id);
  return {
    id: 'loaders',
    title: "Taking the system's boot loaders",
    argv: [
      'sh',
      '-euc',
      'mkdir -p "$0"; exec "$@"',
      to,
      ...withFinishedRoot(
        privilege,
        id,
        inToolsTree(`${outputOf('tools')}/root`, ['sh', '-euc', takeLoaders, root, to], { write: [to], read: [root] }),
      ),
    ],
    needs: ['namespaces'],
  };
}

/**
 * $0: the tree; $1: where to. From Fedora 44 on packages have them below /usr/lib/efi/NAME/VERSION, before in /boot/efi. Nothing of the
 * tree is followed that is a link.
 */
export const takeLoaders = `cd "$0"
newest() {
  name=$1; shift; found=
  for pattern; do
    [ -n "$found" ] || found=$(for one in $pattern; do [ ! -f "$one" ] || [ -L "$one" ] || echo "$one"; done | LC_ALL=C sort -V | tail -n 1)
  done
  [ -n "$found" ] || { echo "the system has no boot loader: $*" >&2; exit 1; }
  cp "$found" "$loaders/$name"
}
loaders=$1
newest BOOTX64.EFI 'usr/lib/efi/shim/*/EFI/BOOT/BOOTX64.EFI' 'boot/efi/EFI/BOOT/BOOTX64.EFI'
newest mmx64.efi 'usr/lib/efi/shim/*/EFI/*/mmx64.efi' 'boot/efi/EFI/*/mmx64.efi'
newest grubx64.efi 'usr/lib/efi/grub2/*/EFI/*/gcdx64.efi' 'boot/efi/EFI/*/gcdx64.efi'`;
