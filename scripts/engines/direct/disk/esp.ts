import { outputOf, type Step } from '../../../plan/index.ts';
import { identifierFile } from '../identifiers.ts';
import { inToolsTreeDated } from '../made-at.ts';
import { type Partition, partitionIdentifier } from './layout.ts';

const stage = outputOf('disk');

/** The EFI system partition as it is on the disk. */
export const espImage = `${stage}/esp.img`;

/** Where systemd-repart finds it: its definitions are written before anybody knows the stage's directory. */
export const espLink = '/tmp/esp.img';

/**
 * Makes that of the files in `directory`. Not systemd-repart, which writes them in the order in which the file system has them that it
 * copies from, and so another one on every computer.
 */
export function espStep(partition: Partition, directory: string): Step {
  const serial = identifierFile('disk', partitionIdentifier(partition.number));
  const size = `${partition.sizeMiB}M`;
  const argv = ['sh', '-euc', fillEsp, serial, espImage, size, fatLabel(partition.label), directory];
  return { id: 'esp', title: 'Filling the EFI system partition', argv: inToolsTreeDated(argv, [stage]), needs: [] };
}

/** $0: a UUID, of which the serial number is a part; $1: the image; $2: its size; $3: its label; $4: the files. */
export const fillEsp = `truncate -s "$2" "$1"
mkfs.fat -F 32 -S 512 -i "$(tail -c 9 "$0")" -n "$3" "$1"
cd "$4"; find . -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
find . -mindepth 1 -type d -printf '%P\\n' | LC_ALL=C sort | while read -r path; do mmd -i "$1" "::/$path"; done
find . -type f -printf '%P\\n' | LC_ALL=C sort | while read -r path; do mcopy -m -i "$1" "$path" "::/$path"; done`;

/** FAT has eleven capital letters and few signs. */
function fatLabel(label: string): string {
  return label
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 _-]/g, '_')
    .slice(0, 11);
}
