import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { EnvironmentError, ReportedError } from '../diagnostic/index.ts';
import type { Runner } from '../process/index.ts';

/** A disk that is written to. Errors are those of the file system. */
export interface Medium {
  readonly path: string;
  /** Answers how many bytes were taken, which may be fewer. */
  write(bytes: Buffer, position: number): Promise<number>;
  /** Answers how many bytes there were; 0 behind the end. */
  read(into: Buffer, position: number): Promise<number>;
  /** Returns when the disk has all that was written. */
  flush(): Promise<void>;
  /** Lets go of what memory holds of the disk: what is read from now on comes from the disk itself. */
  forget(): Promise<void>;
  /** Lets go of the disk, and has the kernel look at its partitions anew. */
  close(): Promise<void>;
}

/**
 * Opens a disk for nobody but us: the kernel refuses this where anything else has it, in whatever container that mount may
 * be, and nobody can mount it from now on.
 * @param sudo the command that has the right to
 * @throws ReportedError when somebody else has it, EnvironmentError when this user may not
 */
export async function openMedium(path: string, runner: Runner, sudo: string): Promise<Medium> {
  const handle = await open(path, constants.O_RDWR | constants.O_EXCL).catch((error: NodeJS.ErrnoException) => {
    throw openTrouble(error, path, sudo);
  });
  const medium = deviceMedium(path, handle, runner);
  try {
    // Asks for the same rights as later: better refused before anything is lost.
    await medium.forget();
    return medium;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function deviceMedium(path: string, handle: FileHandle, runner: Runner): Medium {
  return {
    path,
    write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
    read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
    flush: () => handle.sync(),
    forget: async () => {
      await handle.sync();
      await runner.run({ argv: ['blockdev', '--flushbufs', path] });
    },
    close: async () => {
      await handle.close();
      // A disk that is gone, or that somebody has mounted meanwhile, has no need of it.
      await runner.run({ argv: ['blockdev', '--rereadpt', path] }, { allowFailure: true });
    },
  };
}

/** Of what opening a disk failed with. */
export function openTrouble(error: NodeJS.ErrnoException, path: string, sudo: string): Error {
  const { code = '' } = error;
  if (code === 'EACCES' || code === 'EPERM') {
    return new EnvironmentError({
      code: 'needs-root',
      severity: 'error',
      message: `${path}: this user may not write to it`,
      hint: `Disks are root's. This command asks again there before it writes:\n${sudo}`,
    });
  }
  const why: Readonly<Record<string, readonly [string, string]>> = {
    EBUSY: [
      'something else has it: a mount in a container, a RAID, a file system over several disks',
      'Find and stop that, or take another disk.',
    ],
    EROFS: ['it can only be read', 'Many cards and some sticks have a small switch for that.'],
    ENOMEDIUM: ['there is nothing in it', 'Put a card or stick into it.'],
    ENXIO: ['the disk is gone', 'Plug it in again.'],
    ENODEV: ['the disk is gone', 'Plug it in again.'],
  };
  const known = why[code];
  if (known === undefined) return error;
  return new ReportedError({
    code: 'disk-not-opened',
    severity: 'error',
    message: `${path}: ${known[0]}`,
    hint: known[1],
  });
}
