const SECTOR = 512;
const PER_CLUSTER = 1;
const PARTITION_AT = 2048 * SECTOR;

/** A file system of FAT12, or FAT16 where it is larger, with these files; names are short ones. */
export function fatWith(files: Readonly<Record<string, Buffer>>): Buffer {
  const clusters = 6000;
  const tableSectors = 24;
  const rootEntries = 16;
  const dataAt = (1 + tableSectors + 1) * SECTOR;
  const image = Buffer.alloc(dataAt + clusters * PER_CLUSTER * SECTOR);
  image.writeUInt16LE(SECTOR, 11);
  image.writeUInt8(PER_CLUSTER, 13);
  image.writeUInt16LE(1, 14);
  image.writeUInt8(1, 16);
  image.writeUInt16LE(rootEntries, 17);
  image.writeUInt16LE(image.length / SECTOR, 19);
  image.writeUInt16LE(tableSectors, 22);
  image.write('FAT16   ', 54, 'latin1');
  let next = 2;
  /** Puts bytes into clusters of their own and answers the first. */
  const place = (bytes: Buffer): number => {
    const first = next;
    bytes.copy(image, dataAt + (first - 2) * SECTOR);
    const count = Math.max(1, Math.ceil(bytes.length / SECTOR));
    for (let index = 0; index < count; index += 1)
      image.writeUInt16LE(index === count - 1 ? 0xffff : first + index + 1, SECTOR + (first + index) * 2);
    next += count;
    return first;
  };
  const entry = (name: string, attributes: number, cluster: number, size: number): Buffer => {
    const raw = Buffer.alloc(32);
    const [base = '', extension = ''] = name.toUpperCase().split('.');
    raw.write(base.padEnd(8), 0, 'latin1');
    raw.write(extension.padEnd(3), 8, 'latin1');
    raw.writeUInt8(attributes, 11);
    raw.writeUInt16LE(cluster, 26);
    raw.writeUInt32LE(size, 28);
    return raw;
  };
  const directory = (prefix: string): Buffer => {
    const below = Object.keys(files).filter((name) => name.startsWith(prefix));
    const names = [...new Set(below.map((name) => name.slice(prefix.length).split('/')[0] ?? ''))];
    return Buffer.concat(
      names.map((name) => {
        const content = files[`${prefix}${name}`];
        return content === undefined
          ? entry(name, 0x10, place(directory(`${prefix}${name}/`)), 0)
          : entry(name, 0x20, place(content), content.length);
      }),
    );
  };
  directory('').copy(image, (1 + tableSectors) * SECTOR);
  return image;
}

/** A disk with a GPT whose one partition is this. */
export function diskWith(partition: Buffer): Buffer {
  const image = Buffer.alloc(PARTITION_AT + partition.length + 34 * SECTOR);
  image.write('EFI PART', SECTOR, 'latin1');
  image.writeBigUInt64LE(2n, SECTOR + 72);
  image.writeUInt32LE(128, SECTOR + 80);
  image.writeUInt32LE(128, SECTOR + 84);
  const entry = 2 * SECTOR;
  Buffer.from('28732ac11ff8d211ba4b00a0c93ec93b', 'hex').copy(image, entry);
  image.writeBigUInt64LE(BigInt(PARTITION_AT / SECTOR), entry + 32);
  image.writeBigUInt64LE(BigInt((PARTITION_AT + partition.length) / SECTOR - 1), entry + 40);
  partition.copy(image, PARTITION_AT);
  return image;
}
