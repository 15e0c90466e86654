import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import { copyHashed, makeDirectory, sha256Of, writeWhole } from '../files/index.ts';
import { type StagedFile, sha256 } from './make-manifest.ts';
import type { BuildManifest } from './manifest.ts';

interface Beside {
  readonly secret: boolean;
  /** What else is known of the images: content by name. */
  readonly beside?: ReadonlyMap<string, string | Uint8Array>;
}

/**
 * Puts every file of every output, manifest and checksums into the build directory, each at once whole.
 * @throws ReportedError `cache-damaged` when a cached file is not the one that was made
 */
export async function publish(
  buildDirectory: string,
  files: readonly StagedFile[],
  manifest: BuildManifest,
  options: Beside & { readonly signal?: AbortSignal },
): Promise<{ readonly manifestFile: string }> {
  const sums = new Map(filesOf(manifest).map(({ file, sha256 }) => [file, sha256]));
  for (const { cached, file } of files) {
    const to = path.join(buildDirectory, file);
    makeDirectory(path.dirname(to));
    await placeFile(cached, to, { sha256: sums.get(file) ?? '', ...options });
  }
  return { manifestFile: writeManifest(buildDirectory, manifest, options) };
}

/** What `sign` and `build` add: see the room `release`. */
const SAID_OF_THE_LIST = ['SHA256SUMS.minisig', 'SHA256SUMS.asc', 'attestations.intoto.jsonl', 'provenance.json'];

/** Writes manifest and checksums beside what is in the build directory already. */
export function writeManifest(
  buildDirectory: string,
  manifest: BuildManifest,
  { secret, beside = new Map() }: Beside,
): string {
  const files = filesOf(manifest);
  // An image with somebody's password hash or private file in it is not for every user of this machine.
  const isPrivate = secret || manifest.accountsWithPassword.length > 0;
  if (isPrivate) {
    for (const { file } of files) chmodSync(path.join(buildDirectory, file), 0o600);
  }
  // Where nothing is stated any more, there is no file in the place of the one before.
  const said = readdirSync(buildDirectory).filter((name) => name.endsWith('.openvex.json') && !beside.has(name));
  for (const name of said) rmSync(path.join(buildDirectory, name));
  for (const [name, content] of beside) writeWhole(path.join(buildDirectory, name), content, { secret: isPrivate });
  const manifestText = `${JSON.stringify(manifest, null, 2)}\n`;
  const manifestFile = path.join(buildDirectory, 'manifest.json');
  writeWhole(manifestFile, manifestText);
  const sums = [
    ...files,
    ...[...beside, ['manifest.json', manifestText] as const].map(([file, content]) => ({
      file,
      sha256: sha256(content),
    })),
  ];
  const list = sums.map((one) => `${one.sha256}  ${one.file}\n`).join('');
  const listFile = path.join(buildDirectory, 'SHA256SUMS');
  // What was said of other files is gone before they are listed; a signature of the same files stays good.
  if (!existsSync(listFile) || readFileSync(listFile, 'utf8') !== list) {
    for (const name of SAID_OF_THE_LIST) rmSync(path.join(buildDirectory, name), { force: true });
  }
  writeWhole(listFile, list);
  return manifestFile;
}

const filesOf = ({ outputs }: BuildManifest) => outputs.flatMap(({ files }) => files);

/**
 * Copies a file out of the cache; blocks are shared where the file system can. Never a link: whoever writes to what was
 * published would change the cache. A file that is there already with the right content stays as it is.
 * `sha256` is what it must be; `secret`: for its owner only.
 * @throws ReportedError `cache-damaged` when the cached file has another checksum; what `signal` was aborted with
 */
export async function placeFile(
  from: string,
  to: string,
  options: { readonly sha256: string; readonly secret?: boolean; readonly signal?: AbortSignal },
): Promise<void> {
  const { signal } = options;
  const mode = options.secret === true ? 0o600 : 0o644;
  // Another link of the cached file is what earlier versions of this program published.
  if (existsSync(to) && statSync(to).nlink === 1 && (await sha256Of(to, signal)) === options.sha256) {
    chmodSync(to, mode);
    return;
  }
  chmodSync(from, options.secret === true ? 0o400 : 0o444);
  const temporary = `${to}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  try {
    if ((await copyHashed(from, temporary, signal)) !== options.sha256) throw damaged(from);
    chmodSync(temporary, mode);
    renameSync(temporary, to);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function damaged(file: string): ReportedError {
  return new ReportedError({
    code: 'cache-damaged',
    severity: 'error',
    message: `${file} is not what was made: its SHA-256 is another one`,
    hint: `Something wrote to the cache. Remove ${path.dirname(file)} and build again.`,
  });
}
