import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packFiles } from '../../scripts/dossier/file-list.ts';
import { unpackFiles } from '../../scripts/dossier/index.ts';
import { readPublicKey } from '../../scripts/signing/index.ts';
import { recordingContext, scratchDirectory } from '../commands/recording-context.ts';
import { typeIn } from '../commands/type-in.ts';
import { image, publicKey, published, secretKey, sha256, writeSums } from '../release/published-sample.ts';

export const product = 'small-debian-13';

export const run = (verdict: string, checks: readonly string[] = ['login-prompt']) => ({
  schema: 1,
  verdict,
  image: { sha256: image.sha256 },
  startedAt: '2026-01-02T04:00:00.000Z',
  checks: checks.map((id) => ({ id, status: verdict })),
});

/** A report of `phyllome test`, of the sample's image where it says so. */
export function report(directory: string, name: string, what: unknown): void {
  const file = path.join(directory, 'test', name, 'results.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(what));
}

export const sign = (directory: string, key = secretKey()) =>
  typeIn(['sign', directory, '--signing-key', key], recordingContext().context);

/** What `build` publishes of a system that knows which release it is, before it is signed. `inImage`: what its file says. */
export function built(version: string, inImage = `${product} ${version}\n`): string {
  const keys = [readPublicKey(publicKey).line];
  const directory = published({ releases: { address: 'https://example.org', keys, ...(version && { version }) } });
  const packed = path.join(directory, 'files.gz');
  const record = { type: 'file', mode: '644', owner: '0:0', size: 1 } as const;
  const added = { keys: `${keys[0]}\n`, system: inImage };
  const own = Object.entries(added).map(([name, text]) => ({
    ...record,
    path: `/usr/lib/phyllome/releases/${name}`,
    sha256: sha256(text),
  }));
  writeFileSync(packed, packFiles([...unpackFiles(readFileSync(packed)), ...own]));
  writeSums(directory);
  return directory;
}

/** Built, tested and signed. */
export async function tested(version: string): Promise<string> {
  const directory = built(version);
  report(directory, 'bios', run('passed'));
  await sign(directory);
  return directory;
}

/** Types `phyllome release` with the sample's key; what it prints. */
export async function release(...words: readonly string[]): Promise<string> {
  const { context, output } = recordingContext();
  await typeIn(['release', ...words, '--signing-key', secretKey()], context);
  return output();
}

/** What it prints of what is wrong. */
export async function refusal(...words: readonly string[]): Promise<string> {
  try {
    await release(...words);
  } catch (error) {
    const { diagnostics = [] } = error as { diagnostics?: readonly { message: string; hint?: string }[] };
    if (diagnostics.length === 0) throw error;
    return diagnostics.map(({ message, hint = '' }) => `${message}\n${hint}`).join('\n');
  }
  throw new Error('it was not refused');
}

/** The text of an index, without its signature. */
export const indexOf = (directory: string, channel = 'stable') =>
  readFileSync(path.join(directory, `${channel}.index`), 'utf8')
    .split('\n')
    .slice(4)
    .join('\n');

/** A directory with these releases in the channel stable, the oldest first. */
export async function releasesOf(...versions: readonly string[]): Promise<string> {
  const directory = path.join(scratchDirectory(), 'releases');
  for (const version of versions) await release(directory, await tested(version));
  return directory;
}
