import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeDirectory } from '../../files/index.ts';
import { isAlive, markOf } from '../../process/index.ts';

/** A machine that a `phyllome run` or `test --keep` holds, and where its door is. */
export interface Session {
  /** Of the process that holds it. */
  readonly pid: number;
  /** `headless by BIOS` */
  readonly title: string;
  /** Absolute: the machine's own directory, in which `door` is a socket. */
  readonly directory: string;
}

const suffix = '.json';
const directoryOf = (cacheDir: string) => path.join(cacheDir, 'lab', 'sessions');

/** Makes a session known to `phyllome shell`. Returns how to take it back. */
export async function announceSession(cacheDir: string, session: Session): Promise<() => Promise<void>> {
  const directory = directoryOf(cacheDir);
  makeDirectory(directory);
  const file = path.join(directory, `${markOf(session.pid) ?? session.pid}${suffix}`);
  await writeFile(file, `${JSON.stringify(session)}\n`);
  return () => rm(file, { force: true });
}

/** The sessions whose process lives. What a killed one left is removed. */
export async function listSessions(cacheDir: string): Promise<Session[]> {
  const directory = directoryOf(cacheDir);
  const names = await readdir(directory).catch(() => []);
  const sessions = await Promise.all(
    names.map(async (name) => {
      const file = path.join(directory, name);
      if (!isAlive(path.basename(name, suffix))) {
        await rm(file, { force: true });
        return [];
      }
      // A file that cannot be parsed is still being written.
      return readFile(file, 'utf8')
        .then((text) => [JSON.parse(text) as Session])
        .catch(() => []);
    }),
  );
  return sessions.flat();
}
