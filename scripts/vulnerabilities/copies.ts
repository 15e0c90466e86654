import { copyFileSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../context/index.ts';
import { EnvironmentError, ReportedError, UsageError } from '../diagnostic/index.ts';
import { makeDirectory } from '../files/index.ts';
import type { ResolvedBase } from '../flavour/index.ts';
import { publishedAddress } from '../release/index.ts';
import { unpackedText, updateInfoFile } from '../repository/index.ts';
import { type Tracker, trackerIn } from './tracker.ts';
import { type SecurityUpdate, securityUpdatesIn } from './updateinfo.ts';

/** Where Debian publishes it, below this address. */
const TRACKER = { directory: 'https://security-tracker.debian.org/tracker/data/', file: 'json' };

/** The tracker's takes about 70 MB unpacked, Fedora's some tens. */
const MOST_BYTES = 400 * 2 ** 20;

/** Security data of a distribution, and of when it is. */
export interface SecurityData {
  /** The copies that it was read from. */
  readonly files: readonly string[];
  /** When the oldest of them was fetched; of a file that somebody gave, its time. */
  readonly dated: Date;
  readonly debian?: Tracker;
  readonly updates?: readonly SecurityUpdate[];
}

export interface DataRequest {
  /** A copy of one's own, packed or not. */
  readonly data?: string | undefined;
  readonly refresh?: boolean | undefined;
  readonly offline?: boolean | undefined;
}

/**
 * The security data for a base: from the file that was given, else from the copy in the cache, else fetched into it.
 * @throws EnvironmentError where nothing is there and nothing can be fetched; ReportedError where a file is something else
 */
export async function securityData(
  base: ResolvedBase,
  { data, refresh, offline }: DataRequest,
  context: Context,
  tracker = TRACKER.directory,
): Promise<SecurityData> {
  if (data !== undefined) return read(base, [regular(data)], context);
  const folder = path.join(context.places.cache, 'security-data', base.family === 'deb' ? 'debian' : base.name);
  const copies = copiesIn(folder);
  if (copies.length > 0 && refresh !== true) return read(base, copies, context);
  if (offline === true) throw nothingThere(base);
  makeDirectory(path.dirname(folder));
  const staging = mkdtempSync(`${folder}.`);
  try {
    if (base.family === 'deb') await fetchTracker(tracker, staging, context);
    else await fetchUpdateInfo(base, staging, context);
    // What is something else takes no copy's place.
    await read(base, copiesIn(staging), context);
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return read(base, copiesIn(folder), context);
}

function copiesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name));
}

function regular(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
  const message = `${file}: there is no such file`;
  throw new UsageError({ code: 'missing-file', severity: 'error', message, hint: 'Without --data it is fetched.' });
}

async function fetchTracker(address: string, staging: string, { signal, say }: Context): Promise<void> {
  say(`Fetching ${address}${TRACKER.file} (about 70 MB)`);
  const found = await publishedAddress(address, signal, staging)
    .measure(TRACKER.file, { most: MOST_BYTES })
    .catch((error: unknown) => {
      if (!(error instanceof EnvironmentError)) throw error;
      throw new EnvironmentError(error.diagnostics.map((one) => ({ ...one, hint: ELSEWHERE })));
    });
  if (!('fault' in found)) return;
  const message = `${address}${TRACKER.file} ${found.fault}`;
  throw new EnvironmentError({ code: 'no-security-data', severity: 'error', message, hint: ELSEWHERE });
}

/** Verified by what the repository says of it; of which repository that came, nobody signs. */
async function fetchUpdateInfo(base: ResolvedBase, staging: string, context: Context): Promise<void> {
  const access = { ...context, cache: path.join(context.places.cache, 'repodata') };
  for (const repository of base.repositories) {
    context.say(`Fetching what ${repository.id} says of its updates`);
    const file = await updateInfoFile(repository, 'x86_64', access);
    if (file === undefined) continue;
    const copy = path.join(staging, `${repository.id}${path.extname(file)}`);
    copyFileSync(file, copy);
    const now = new Date();
    utimesSync(copy, now, now);
  }
  if (copiesIn(staging).length > 0) return;
  throw new ReportedError({
    code: 'no-security-data',
    severity: 'error',
    message: `no repository of ${base.name} says anything of its updates`,
    span: base.at,
    hint: `One of Fedora's updates has an updateinfo.xml. ${ELSEWHERE}`,
  });
}

const ELSEWHERE = '`--data FILE` takes a copy that came another way.';

function nothingThere({ name }: ResolvedBase): EnvironmentError {
  return new EnvironmentError({
    code: 'no-security-data',
    severity: 'error',
    message: `there is no copy of the security data for ${name} yet, and nothing may be fetched`,
    hint: `Once without --offline fetches it. ${ELSEWHERE}`,
  });
}

async function read(base: ResolvedBase, files: readonly string[], context: Context): Promise<SecurityData> {
  const dated = new Date(Math.min(...files.map((file) => statSync(file).mtimeMs)));
  const texts: string[] = [];
  for (const file of files) {
    const unpacked = await unpackedText(file, MOST_BYTES, context);
    if ('fault' in unpacked) throw notThat(file, unpacked.fault);
    texts.push(unpacked.text);
  }
  if (base.family === 'deb') {
    const debian = trackerIn(texts[0] ?? '');
    if (debian === undefined) throw notThat(files[0] ?? '', "is not the data of Debian's Security Tracker");
    return { files, dated, debian };
  }
  const lists = texts.map((text, index) => {
    const updates = securityUpdatesIn(text);
    if (updates === undefined) throw notThat(files[index] ?? '', 'is no updateinfo.xml of a repository');
    return updates;
  });
  return { files, dated, updates: lists.flat() };
}

function notThat(file: string, what: string): ReportedError {
  return new ReportedError({
    code: 'not-security-data',
    severity: 'error',
    message: `${file} ${what}`,
    hint: '--refresh fetches it anew.',
  });
}
