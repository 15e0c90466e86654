import { type Attribute, type Entry, type Format, modeOf, textOf } from '../layer.ts';
import { type Extent, partsOf, type Source } from '../source.ts';

const ENTRY = 32;
const DIRECTORY = 0x10;
const VOLUME = 0x08;
const LONG_NAME = 0x0f;

/** FAT of 12, 16 or 32 bits, as EFI system partitions have it. */
export const fat: Format = {
  name: 'FAT',
  recognises: (source) =>
    source.size > 512 &&
    /^FAT(?:12|16|32) {3}$/.test(textOf(source, 54, 8)) !== /^FAT32 {3}$/.test(textOf(source, 82, 8)),
  open: (source) => {
    const volume = new Volume(source);
    const at = volume.bits === 32 ? 67 : 39;
    return {
      entries: volume.entries(),
      fields: [
        { name: 'boot code', kind: 'content', at: 0, length: at },
        { name: 'serial number', kind: 'identifier', at, length: 4 },
        { name: 'label', kind: 'content', at: at + 4, length: 11, show: (bytes) => bytes.toString('latin1').trim() },
        { name: 'table of clusters', kind: 'place', ...volume.table },
      ],
    };
  },
};

/** Its files and directories, by their paths. */
export const entriesOfFat = (source: Source): readonly Entry[] => new Volume(source).entries();

class Volume {
  readonly bits: 12 | 16 | 32;
  readonly table: { readonly at: number; readonly length: number };
  readonly #source: Source;
  readonly #clusterBytes: number;
  readonly #dataAt: number;
  readonly #root: { readonly at: number; readonly length: number } | number;
  readonly #fat: Buffer;
  readonly #most: number;

  constructor(source: Source) {
    const boot = source.read(0, 512);
    const sector = boot.readUInt16LE(11);
    const tables = boot[16] ?? 0;
    const tableSectors = boot.readUInt16LE(22) || boot.readUInt32LE(36);
    const rootBytes = boot.readUInt16LE(17) * ENTRY;
    const rootAt = (boot.readUInt16LE(14) + tables * tableSectors) * sector;
    this.#source = source;
    this.#clusterBytes = (boot[13] ?? 0) * sector;
    if (this.#clusterBytes === 0) throw new Error('the FAT has no clusters');
    this.#dataAt = rootAt + Math.ceil(rootBytes / sector) * sector;
    this.#most = Math.floor(
      ((boot.readUInt16LE(19) || boot.readUInt32LE(32)) * sector - this.#dataAt) / this.#clusterBytes,
    );
    this.bits = this.#most < 4085 ? 12 : this.#most < 65525 ? 16 : 32;
    this.table = { at: boot.readUInt16LE(14) * sector, length: tableSectors * sector };
    this.#fat = source.read(this.table.at, this.table.length);
    this.#root = this.bits === 32 ? boot.readUInt32LE(44) : { at: rootAt, length: rootBytes };
  }

  entries(): readonly Entry[] {
    const found: Entry[] = [];
    const visit = (extents: readonly Extent[], path: string, depth: number) => {
      if (depth > 32) throw new Error('the FAT has a circle of directories');
      const directory = partsOf(this.#source, extents);
      for (const { name, raw } of namesIn(directory.read(0, directory.size))) {
        const isDirectory = ((raw[11] ?? 0) & DIRECTORY) !== 0;
        const cluster = raw.readUInt16LE(26) + (this.bits === 32 ? raw.readUInt16LE(20) * 65536 : 0);
        const inside = this.#chain(cluster);
        const size = raw.readUInt32LE(28);
        found.push({
          name: `${path}/${name}`,
          attributes: attributesOf(raw, cluster),
          ...(!isDirectory && { content: within(partsOf(this.#source, inside), size), extents: inside }),
        });
        if (isDirectory) visit(inside, `${path}/${name}`, depth + 1);
      }
    };
    visit(typeof this.#root === 'number' ? this.#chain(this.#root) : [this.#root], '', 0);
    return found;
  }

  #chain(first: number): readonly Extent[] {
    const found: Extent[] = [];
    for (let cluster = first; cluster >= 2 && cluster < this.#most + 2; cluster = this.#next(cluster)) {
      if (found.length > this.#most) throw new Error('the FAT has a circle of clusters');
      found.push({ at: this.#dataAt + (cluster - 2) * this.#clusterBytes, length: this.#clusterBytes });
    }
    return found;
  }

  #next(cluster: number): number {
    if (this.bits === 32) return this.#fat.readUInt32LE(cluster * 4) & 0x0fffffff;
    if (this.bits === 16) return this.#fat.readUInt16LE(cluster * 2);
    const pair = this.#fat.readUInt16LE(Math.floor(cluster * 1.5));
    return cluster % 2 === 0 ? pair & 0xfff : pair >> 4;
  }
}

const within = (source: Source, size: number): Source => ({
  size: Math.min(size, source.size),
  read: (at, length) => source.read(at, Math.max(0, Math.min(length, size - at))),
});

function attributesOf(raw: Buffer, cluster: number): ReadonlyMap<string, Attribute> {
  const time = (date: number, clock: number): Attribute => ({
    kind: 'time stamp',
    value: dosTime(raw.readUInt16LE(date), raw.readUInt16LE(clock)),
  });
  return new Map<string, Attribute>([
    ['attributes', modeOf(raw[11] ?? 0)],
    ['size', { kind: 'content', value: `${raw.readUInt32LE(28)} bytes` }],
    ['modified', time(24, 22)],
    ['made', { kind: 'time stamp', value: `${time(16, 14).value}, and ${raw[13]} hundredths` }],
    ['read', { kind: 'time stamp', value: dosTime(raw.readUInt16LE(18), 0) }],
    ['place', { kind: 'place', value: `cluster ${cluster}` }],
  ]);
}

/** Local time of whoever made it, in steps of two seconds. */
function dosTime(date: number, clock: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
  return `${day} ${two(clock >> 11)}:${two((clock >> 5) & 63)}:${two((clock & 31) * 2)}`;
}

/** The label of the volume, deleted entries and `.` are no names; a long one stands before its entry, from its end on. */
function namesIn(bytes: Buffer): readonly { readonly name: string; readonly raw: Buffer }[] {
  const found: { name: string; raw: Buffer }[] = [];
  let long = '';
  for (let at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
    const raw = bytes.subarray(at, at + ENTRY);
    const [first, attributes = 0] = [raw[0], raw[11]];
    if (first === 0) break;
    if (attributes === LONG_NAME) {
      const part = [raw.subarray(1, 11), raw.subarray(14, 26), raw.subarray(28, 32)].map((one) =>
        one.toString('utf16le'),
      );
      long = `${part.join('')}${long}`;
      continue;
    }
    // Windows NT keeps names of small letters short by two bits.
    const part = (from: number, to: number, bit: number): string => {
      const letters = raw.toString('latin1', from, to).trimEnd();
      return ((raw[12] ?? 0) & bit) === 0 ? letters : letters.toLowerCase();
    };
    const [base, extension] = [part(0, 8, 0x08), part(8, 11, 0x10)];
    const name = long === '' ? `${base}${extension === '' ? '' : `.${extension}`}` : long.replace(/[\0\uffff].*$/s, '');
    long = '';
    if (first === 0xe5 || name === '.' || name === '..') continue;
    found.push({ name: (attributes & VOLUME) === 0 ? name : `label ${name}`, raw });
  }
  return found;
}
