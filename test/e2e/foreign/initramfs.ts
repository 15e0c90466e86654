import { gzipSync } from 'node:zlib';

/** A file of an initramfs. */
interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly content?: Buffer | string;
}

/** An initramfs, as Linux' Documentation/driver-api/early-userspace/buffer-format.rst has it. Folders come before what is in them. */
export function initramfs(entries: readonly Entry[]): Buffer {
  return gzipSync(Buffer.concat([...entries, { path: 'TRAILER!!!', mode: 0 }].map(record)));
}

function record({ path, mode, content = '' }: Entry, index: number): Buffer {
  const data = Buffer.from(content);
  const name = Buffer.from(`${path}\0`);
  // inode, mode, user, group, links, time, size, device (4), length of the name, checksum
  const fields = [index + 1, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(data)]);
}

const padded = (part: Buffer): Buffer => Buffer.concat([part, Buffer.alloc(-part.length & 3)]);
