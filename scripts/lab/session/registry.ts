import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A machine that a `phyllome run` or `test --keep` holds, and where its door is. */
export interface Session {
  /** Of the process that holds it. */
  readonly pid: number;
  /** `headless by BIOS` */
  readonly title: string;
  /** Absolute: the machine's own directory, in which `door` is a socket. */
  readonly directory: string;
}

const directoryOf = (cacheDir: string) => path.join(cacheDir, 'lab', 'sessions');

/** Makes a session known to `phyllome shell`. Returns how to take it back. */
export async function announceSession(cacheDir: string, session: Session): Promise<() => Promise<void>> {
  const directory = directoryOf(cacheDir);
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, `${session.pid}.json`);
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
      // Half a file is left by one that was killed while it wrote.
      const session = await readFile(file, 'utf8')
        .then((text) => JSON.parse(text) as Session)
        .catch(() => undefined);
      if (session !== undefined && lives(session.pid)) return [session];
      await rm(file, { force: true });
      return [];
    }),
  );
  return sessions.flat();
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
