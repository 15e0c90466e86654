import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, EnvironmentError, ReportedError } from '../diagnostic/index.ts';
import { makeDirectory } from '../files/index.ts';
import { CommandNotFound, type Runner } from '../process/index.ts';
import { fetchBytes, withSlash } from './fetch.ts';
import { type FileOfRepomd, primaryOf } from './repomd.ts';

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

/**
 * The names of the packages that a repository holds, by its repodata.
 * @throws EnvironmentError where it cannot be reached, naming each address that was tried
 * @throws ReportedError where what it answers is broken, or not what its repomd.xml says
 */
export async function namesInRepodata(
  repository: RpmRepository,
  architecture: string,
  access: RepodataAccess,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const address of await addressesOf(repository, architecture, access, failures)) {
    try {
      const repomd = await fetchBytes(new URL('repodata/repomd.xml', withSlash(address)), access.signal);
      const primary = primaryOf(repomd.toString('utf8'));
      if (primary === undefined) {
        if (isPage(repomd)) throw new Error('answers with a page of its own: does the network ask to log in first?');
        throw broken(repository, `${address} has a repodata/repomd.xml without a file \`primary\` with a SHA-256`);
      }
      return await namesIn(await verified(primary, address, repository, access), access);
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
    hint: 'names were not checked against it; a mirror or a directory (`file:///…`) as `baseurl:` in the base file serves as well',
  });
}

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

/** The file, from the cache or the mirror; never one with another checksum. */
async function verified(
  { href, sha256 }: FileOfRepomd,
  address: string,
  repository: RpmRepository,
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

async function namesIn(file: string, { runner, signal }: RepodataAccess): Promise<readonly string[]> {
  const program = UNPACK[path.extname(file)];
  // The list of a whole distribution unpacks to hundreds of megabytes: only names leave the pipe.
  const script =
    '{ if [ -n "$1" ]; then "$1" -dc -- "$0"; else cat -- "$0"; fi; } | { grep -o "<name>[^<]*</name>" || true; } | sort -u';
  if (program !== undefined) await requireProgram(program, runner, signal);
  const { stdout } = await runner.run({ argv: ['sh', '-c', script, file, program ?? ''] }, { signal });
  return stdout.split('\n').flatMap((line) => /^<name>(.*)<\/name>$/.exec(line)?.[1] ?? []);
}

async function requireProgram(program: string, runner: Runner, signal: AbortSignal): Promise<void> {
  try {
    await runner.run({ argv: [program, '--version'] }, { signal });
  } catch (error) {
    if (!(error instanceof CommandNotFound)) throw error;
    const message = `the repository's list of packages is packed, and the program ${program} is not installed`;
    const hint = `apt install ${program === 'xz' ? 'xz-utils' : program}`;
    throw new EnvironmentError({ code: 'missing-program', severity: 'error', message, hint });
  }
}

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
