import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsageError } from '../../diagnostic/index.ts';
import { readRegular, sha256Of } from '../../files/index.ts';
import { inToolsTree, type Runner } from '../../process/index.ts';
import { checksumFor } from './checksum-file.ts';
import { checkMedium } from './identify.ts';
import { VerifiedIsos } from './verified-isos.ts';
import { readVolume, refused, type Volume } from './volume.ts';

/** An installation medium that may be trusted. */
export interface FedoraIso {
  /** Absolute. */
  readonly file: string;
  readonly sha256: string;
  readonly volume: Volume;
}

export interface IsoRequest {
  /** The medium; one that was verified before for this release when absent. */
  readonly iso?: string;
  /** Fedora's signed CHECKSUM file; one beside the medium when absent. */
  readonly checksum?: string;
  /** Instead of a CHECKSUM file: what the user knows to be right. */
  readonly sha256?: string;
  /** The key that signed the CHECKSUM file; Fedora's own from the tools tree when absent. */
  readonly key?: string;
  readonly release: string;
}

/** A list of checksums has some kilobytes, and a key of Fedora's as well. */
const MOST_MEBIBYTES = 8;

interface VerifyTools {
  readonly runner: Runner;
  /** The tools tree, made where it is asked for: what is refused before needs none. */
  readonly toolsRoot: () => Promise<string>;
  readonly cacheDirectory: string;
  readonly say: (text: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Finds the medium, and makes sure that it is what it should be: an ISO, whole, Fedora's installer of the release, and with
 * a checksum that Fedora signed or the user gave.
 * @throws ReportedError with the reason when it is not
 */
export async function findIso(request: IsoRequest, tools: VerifyTools): Promise<FedoraIso> {
  const known = new VerifiedIsos(tools.cacheDirectory);
  const sum = request.sha256?.toLowerCase();
  const file = request.iso === undefined ? known.ofRelease(request.release, sum)?.file : path.resolve(request.iso);
  if (file === undefined) throw noIso(request.release, sum);
  if (request.iso === undefined) tools.say(`Using ${file}, which was verified before`);
  const volume = readVolume(file);
  checkMedium(file, volume.id, request.release);
  const before = known.find(file);
  if (before !== undefined && request.sha256 === undefined && request.checksum === undefined) {
    return { file, sha256: before.sha256, volume };
  }
  const wanted = sum ?? (await signedChecksum(file, request, tools));
  tools.say(`Computing the checksum of ${path.basename(file)}`);
  const sha256 = await sha256Of(file, tools.signal);
  if (sha256 !== wanted) {
    throw refused(
      'iso-wrong-checksum',
      `${file} is not what was published: its SHA-256 is ${sha256}, and ${wanted} is right`,
      'Download it again; if that does not help, the mirror is broken or dishonest.',
    );
  }
  known.remember({ file, sha256, release: request.release });
  return { file, sha256, volume };
}

/** The checksum that a CHECKSUM file gives, once its signature has been found to be good. */
async function signedChecksum(file: string, request: IsoRequest, tools: VerifyTools): Promise<string> {
  const list = request.checksum === undefined ? besides(file) : path.resolve(request.checksum);
  if (list === undefined || !existsSync(list)) throw unsigned(file, list);
  for (const one of [list, ...(request.key === undefined ? [] : [path.resolve(request.key)])]) refuseUnreadable(one);
  const toolsRoot = await tools.toolsRoot();
  const key = request.key === undefined ? fedoraKey(request.release, toolsRoot) : path.resolve(request.key);
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-checksum-'));
  const output = path.join(directory, 'text');
  try {
    const isOwn = request.key !== undefined;
    const completed = await tools.runner.run(
      {
        argv: inToolsTree(toolsRoot, ['sqv', `--keyring=${key}`, '--cleartext', `--output=${output}`, list], {
          read: [list, ...(isOwn ? [key] : [])],
          write: [directory],
        }),
      },
      { allowFailure: true },
    );
    if (completed.exitCode !== 0 || !existsSync(output)) {
      throw refused(
        'iso-bad-signature',
        `the signature of ${list} is not good: ${completed.stderr.trim().split('\n').at(-1)?.trim() ?? ''}`,
        `It must be signed by the key ${key}; --key FILE names another.`,
      );
    }
    // Only what is under the signature counts: text around it may be anybody's.
    const sha256 = checksumFor(path.basename(file), readFileSync(output, 'utf8'));
    if (sha256 === undefined) throw refused('iso-not-listed', `${list} has no checksum for ${path.basename(file)}`);
    return sha256;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function besides(file: string): string | undefined {
  const directory = path.dirname(file);
  const text = (name: string) => {
    const read = readRegular(path.join(directory, name), MOST_MEBIBYTES);
    return 'bytes' in read ? read.bytes.toString() : '';
  };
  const name = readdirSync(directory).find(
    (entry) => entry.endsWith('CHECKSUM') && checksumFor(path.basename(file), text(entry)) !== undefined,
  );
  return name && path.join(directory, name);
}

/** sqv would read a device until the memory is full. */
function refuseUnreadable(file: string): void {
  const read = readRegular(file, MOST_MEBIBYTES);
  if ('fault' in read) throw refused('iso-unreadable-list', `${file} ${read.fault}`);
}

/** Path inside the tools tree. */
function fedoraKey(release: string, toolsRoot: string): string {
  const directory = '/usr/share/distribution-gpg-keys/fedora';
  const names = [`RPM-GPG-KEY-fedora-${release}-primary`, `RPM-GPG-KEY-fedora-${release}`];
  const name = names.find((candidate) => existsSync(path.join(toolsRoot, directory, candidate)));
  if (name !== undefined) return path.join(directory, name);
  throw new UsageError({
    code: 'iso-no-key',
    severity: 'error',
    message: `the key of Fedora ${release} is not known here`,
    hint: 'Give it with --key FILE (https://fedoraproject.org/security), or the checksum with --sha256.',
  });
}

function unsigned(file: string, list: string | undefined) {
  const why = list === undefined ? 'there is no signed CHECKSUM file that names it' : `${list} is not there`;
  return refused(
    'iso-unsigned',
    `${file} cannot be trusted: ${why}`,
    'Put Fedora-Everything-…-CHECKSUM beside it, name it with --checksum FILE, or give the right sum with --sha256.',
  );
}

function noIso(release: string, sha256: string | undefined): UsageError {
  const which = sha256 === undefined ? '' : ` with the checksum ${sha256}`;
  return new UsageError({
    code: 'iso-none',
    severity: 'error',
    message: `no installation medium of Fedora ${release} was given, and none${which} has been verified before`,
    hint: 'Name it once with --iso Fedora-Everything-netinst-….iso.',
  });
}
