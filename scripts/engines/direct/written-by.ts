import type { Writer, WrittenPlace } from '../engine/index.ts';

/** A row of the table: what the way to the place must match, and the step that writes there. */
interface Row {
  readonly way: RegExp;
  readonly by: (output: string) => Writer;
}

const step = (stage: string, name?: string): Writer => ({ stage, ...(name !== undefined && { step: name }) });
const fixed = (stage: string, name?: string) => () => step(stage, name);

/** Ways begin with the file's name and go on by format, entry, format, entry. The first row that fits tells. */
const rows: readonly Row[] = [
  // Within the published file of any kind.
  { way: /installer\.img → SquashFS/, by: (output) => step(output, 'installer-image') },
  { way: /installer\.img/, by: (output) => step(output, 'installer-initramfs') },
  { way: /initrd\.img(?:-[^ ]*)?(?: → |$)/, by: fixed('initramfs', 'dracut') },
  { way: / → ISO 9660 → \/boot\/grub\/grub\.cfg$/, by: (output) => step(output, 'identifiers') },
  { way: / → ISO 9660 → .* → FAT/, by: (output) => step(output, 'efi') },
  { way: / → FAT/, by: fixed('disk', 'esp') },
  { way: / → SquashFS/, by: fixed('squashfs', 'squashfs') },
  { way: / → ISO 9660/, by: (output) => step(output, 'iso') },
  { way: / → GPT → partition \d+ \(bios[^)]*\)|boot code of the BIOS/, by: fixed('disk', 'bios-setup') },
  { way: / → GPT/, by: fixed('disk', 'partitions') },
  { way: / → qcow2/, by: fixed('disk-qcow2', 'compress') },
  { way: /\.oci\.tar → .* → (?:zstd|tar)/, by: fixed('oci', 'layer') },
  { way: /\.oci\.tar/, by: fixed('oci', 'archive') },
  { way: /^pxe\/boot\.ipxe/, by: fixed('pxe', 'script') },
  { way: /^pxe\/vmlinuz/, by: fixed('initramfs', 'dracut') },
];

/** Formats of the root tree: a path behind one of them is a path of the system. */
const ROOT = /(?: → (?:SquashFS|ext4|XFS|Btrfs)| → zstd → unpacked → tar) → (\.?\/.*)$/;

/** What a disk has of its own among the files of the tree, with the names of its partitions. */
const OF_DISK = /^\/(?:boot\/grub\/grub\.cfg|etc\/fstab|etc\/kernel\/cmdline)$/;

/** The step that wrote what lies at a place of a published file, by the plan of this engine; undefined where no row knows. */
export function writtenBy({ output, where, kind, isContent = false }: WrittenPlace): Writer | undefined {
  const way = where.join(' → ');
  const file = ROOT.exec(way)?.[1]?.replace(/^\./, '');
  if (file !== undefined && OF_DISK.test(file)) return step('disk', 'identifiers');
  // When, and where in the image, its maker says; what is in it, whoever wrote it into the tree.
  const isOfTree = isContent || !['time stamp', 'identifier', 'order', 'place', 'checksum'].includes(kind);
  if (file !== undefined && isOfTree && !/installer\.img|initrd\.img/.test(way))
    return { stage: 'root-tree', path: file };
  return rows.find((row) => row.way.test(way))?.by(output);
}
