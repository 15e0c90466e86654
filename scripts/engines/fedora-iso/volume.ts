import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ReportedError } from '../../diagnostic/index.ts';

/** What an ISO says of itself, in its primary volume descriptor. */
export interface Volume {
  readonly id: string;
  /** Length that the file must have at least. */
  readonly bytes: number;
  /** When it was made, in seconds since 1970. */
  readonly madeAt: number;
}

const sector = 2048;
const descriptor = 16 * sector;

/**
 * Reads the descriptor of an ISO 9660 image.
 * @throws ReportedError when the file is none, or not all of it is there
 */
export function readVolume(file: string): Volume {
  const handle = openFile(file);
  try {
    const block = Buffer.alloc(sector);
    const info = fstatSync(handle);
    if (!info.isFile()) throw refused('iso-no-iso', `${file} is not a file`);
    const { size } = info;
    const count = readSync(handle, block, 0, sector, descriptor);
    if (count < sector || block.toString('latin1', 1, 6) !== 'CD001' || block[0] !== 1) {
      throw refused('iso-no-iso', `${file} is not an ISO image`);
    }
    const volume = {
      id: block.toString('latin1', 40, 72).trim(),
      bytes: block.readUInt32LE(80) * sector,
      madeAt: dateOf(block.toString('latin1', 813, 829)),
    };
    if (size < volume.bytes) {
      const missing = ((volume.bytes - size) / 2 ** 20).toFixed(1);
      throw refused('iso-truncated', `${file} is truncated: ${missing} MiB are missing`, 'Download it again.');
    }
    return volume;
  } finally {
    closeSync(handle);
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw refused('iso-missing', `${file}: there is no such file`);
    if (code === 'EACCES') throw refused('iso-missing', `${file} may not be read by this user`);
    throw error;
  }
}

/** `YYYYMMDDHHMMSSCC`; 0 where nothing was written. */
function dateOf(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text);
  if (parts === null || parts[1] === '0000') return 0;
  const [year = 0, month = 1, ...rest] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...(rest as [number, number, number, number])) / 1000;
}

export function refused(code: string, message: string, hint?: string): ReportedError {
  return new ReportedError({ code, severity: 'error', message, ...(hint !== undefined && { hint }) });
}
