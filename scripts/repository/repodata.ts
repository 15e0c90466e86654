import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, EnvironmentError, ReportedError } from '../diagnostic/index.ts';
import { makeDirectory, writeWhole } from '../files/index.ts';
import type { Runner } from '../process/index.ts';
import { fetchBytes, withSlash } from './fetch.ts';
import { type FileOfRepomd, listOf } from './repomd.ts';
import { requireProgram } from './unpacked.ts';

/** An RPM repository as a base file names it. */
export interface RpmRepository {
  readonly id: string;
  readonly baseurl?: string;
  readonly mirrorlist?: string;
  readonly at: Diagnostic['span'] & object;
}

export interface RepodataAccess {
  /** Verified files are kept here, named by their checksum. */
  readonly cache: string;
  readonly runner: Runner;
  readonly signal: AbortSignal;
}

/** What the packages of a repository bring, by name. */
export interface RepositoryNames {
  readonly packages: readonly string[];
  /** Groups that their sysusers files make: since version 4.19 rpmbuild has a package provide `group(NAME)`. */
  readonly groups: readonly string[];
  /** Units of the system and of users; undefined where the repository has no list of files. */
  readonly units?: readonly string[];
}

/**
 * The names that a repository knows, by its repodata.
 * @throws EnvironmentError where it cannot be reached, naming each address that was tried
 * @throws ReportedError where what it answers is broken, or not what its repomd.xml says
 */
export async function namesInRepodata(
  repository: RpmRepository,
  architecture: string,
  access: RepodataAccess,
): Promise<RepositoryNames> {
  return ofMirror(repository, architecture, access, async (repomd, place) => {
    const primary = listOf(repomd, 'primary');
    if (primary === undefined) throw withoutList(repository, place);
    const found = await matchesIn(primary, patterns.primary, place, access);
    const filelists = listOf(repomd, 'filelists');
    const files = filelists && (await matchesIn(filelists, patterns.filelists, place, access));
    return {
      packages: found.flatMap((one) => /^<name>(.*)<\/name>$/.exec(one)?.[1] ?? []),
      groups: found.flatMap((one) => /^name="group\((.*)\)"$/.exec(one)?.[1] ?? []),
      ...(files && { units: files.map((one) => path.basename(one.slice(0, -'</file>'.length))) }),
    };
  });
}

/**
 * The file, in the cache, with what a repository says of its updates; undefined where it says nothing of them.
 * @throws as `namesInRepodata`
 */
export function updateInfoFile(
  repository: RpmRepository,
  architecture: string,
  access: RepodataAccess,
): Promise<string | undefined> {
  return ofMirror(repository, architecture, access, async (repomd, place) => {
    const list = listOf(repomd, 'updateinfo');
    if (list === undefined && listOf(repomd, 'primary') === undefined) throw withoutList(repository, place);
    return list && (await verified(list, place, access));
  });
}

/** What `take` makes of the repomd.xml of the first mirror that answers with one. */
async function ofMirror<T>(
  repository: RpmRepository,
  architecture: string,
  access: RepodataAccess,
  take: (repomd: string, place: Place) => Promise<T>,
): Promise<T> {
  const failures: string[] = [];
  for (const address of await addressesOf(repository, architecture, access, failures)) {
    try {
      const repomd = await fetchBytes(new URL('repodata/repomd.xml', withSlash(address)), access.signal);
      if (isPage(repomd)) throw new Error('answers with a page of its own: does the network ask to log in first?');
      return await take(repomd.toString('utf8'), { address, repository });
    } catch (error) {
      if (error instanceof ReportedError) throw error;
      failures.push(`${address}: ${reasonOf(error)}`);
    }
  }
  throw new EnvironmentError({
    code: 'repository-unreachable',
    severity: 'error',
    message: `the repository \`${repository.id}\` cannot be reached:\n${failures.map((one) => `  ${one}`).join('\n')}`,
    span: repository.at,
    hint: 'nothing was checked against it; a mirror or a directory (`file:///…`) as `baseurl:` in the base file serves as well',
  });
}

const withoutList = (repository: RpmRepository, { address }: Place): ReportedError =>
  broken(repository, `${address} has a repodata/repomd.xml without a file \`primary\` with a SHA-256`);

/** The mirrors to try, the first few: one that is gone must not be the end. */
async function addressesOf(
  { baseurl, mirrorlist }: RpmRepository,
  architecture: string,
  { signal }: RepodataAccess,
  failures: string[],
): Promise<readonly string[]> {
  const concrete = (url: string) => url.replaceAll('$basearch', architecture);
  if (baseurl !== undefined) return [concrete(baseurl)];
  const list = concrete(mirrorlist ?? '');
  try {
    const lines = (await fetchBytes(new URL(list), signal)).toString('utf8').split('\n');
    const mirrors = lines.map((line) => line.trim()).filter((line) => /^(?:https?|file):/.test(line));
    if (mirrors.length === 0) failures.push(`${list}: names no mirror`);
    return mirrors.slice(0, 3);
  } catch (error) {
    failures.push(`${list}: ${reasonOf(error)}`);
    return [];
  }
}

/** Where a list is. */
interface Place {
  readonly address: string;
  readonly repository: RpmRepository;
}

/** Extended regular expressions for what is taken out of each list. */
const patterns = {
  primary: '<name>[^<]*</name>|name="group\\([^")]*\\)"',
  filelists: '(/usr)?/lib/systemd/(system|user)/[^/<]+\\.[a-z]+</file>',
};

/** The file, from the cache or the mirror; never one with another checksum. */
async function verified(
  { href, sha256 }: FileOfRepomd,
  { address, repository }: Place,
  { cache, signal }: RepodataAccess,
): Promise<string> {
  const file = path.join(cache, `${sha256}${path.extname(href)}`);
  if (existsSync(file) && hashOf(readFileSync(file)) === sha256) return file;
  const bytes = await fetchBytes(new URL(href, withSlash(address)), signal);
  if (hashOf(bytes) !== sha256) {
    const message = `${withSlash(address)}${href} is not the file that its repomd.xml describes: the SHA-256 differs`;
    throw broken(
      repository,
      message,
      'a mirror that is being brought up to date answers so for minutes; where it stays so, somebody between here and the mirror may have changed it',
    );
  }
  makeDirectory(cache);
  writeFileSync(file, bytes);
  return file;
}

const UNPACK: Readonly<Record<string, string>> = { '.gz': 'gzip', '.zst': 'zstd', '.xz': 'xz' };

/** What a pattern finds in a list, each once. */
async function matchesIn(
  list: FileOfRepomd,
  pattern: string,
  place: Place,
  access: RepodataAccess,
): Promise<readonly string[]> {
  const { runner, signal } = access;
  const file = await verified(list, place, access);
  // Fedora's list of files takes a quarter of a minute to read: what was found in it is kept beside it.
  const found = path.join(access.cache, `${list.sha256}-${hashOf(Buffer.from(pattern)).slice(0, 16)}.names`);
  if (existsSync(found)) return linesOf(readFileSync(found, 'utf8'));
  const program = UNPACK[path.extname(file)];
  // The list of a whole distribution unpacks to hundreds of megabytes: only names leave the pipe.
  const script =
    '{ if [ -n "$2" ]; then "$2" -dc -- "$0"; else cat -- "$0"; fi; } | { LC_ALL=C grep -oE -- "$1" || true; } | LC_ALL=C sort -u';
  if (program !== undefined) await requireProgram(program, access);
  const { stdout } = await runner.run({ argv: ['sh', '-c', script, file, pattern, program ?? ''] }, { signal });
  writeWhole(found, stdout);
  return linesOf(stdout);
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function broken({ at }: RpmRepository, message: string, hint?: string): ReportedError {
  const wrong = { code: 'broken-repository', severity: 'error', message, span: at } as const;
  return new ReportedError(hint === undefined ? wrong : { ...wrong, hint });
}

/** What a person would see in a browser, where a program expects a list. */
function isPage(bytes: Buffer): boolean {
  return /^\s*(?:<!doctype html|<html)/i.test(bytes.subarray(0, 200).toString('utf8'));
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
