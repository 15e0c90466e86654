import { mkdirSync } from 'node:fs';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { writeWhole } from '../files/index.ts';
import type { PublicKey, SigningKey } from '../signing/index.ts';
import { candidateOf } from './candidate.ts';
import { changed } from './change-index.ts';
import { type Channel, type ChannelIndex, indexText, nameOf } from './channel-index.ts';
import { placeRelease } from './place-release.ts';
import { indexFile, readIndex, signedIndex } from './signed-index.ts';

export interface ReleaseRequest {
  /** The directory that hosts fetch. */
  readonly directory: string;
  /** Directories that builds published, or releases in `directory`. */
  readonly builds: readonly string[];
  readonly channel: Channel;
  /** The share of hosts that are offered them, 0 to 100. */
  readonly percent: number;
  readonly withdraw: readonly { readonly name: string; readonly reason: string }[];
  /** So long hosts believe the index. */
  readonly days: number;
  readonly key: SigningKey;
  /** Whose index may be there, beside the key's own. */
  readonly previousKey?: PublicKey | undefined;
  readonly isDryRun: boolean;
}

const DAY_SECONDS = 86_400;

/**
 * Publishes releases in a channel, withdraws some, or renews its index. Images come first and the index last, each whole: whoever
 * reads meanwhile sees what was there before, or what is there now.
 * @throws ReportedError before anything is written, where something is against it
 */
export async function release(request: ReleaseRequest, context: Context): Promise<void> {
  const { directory, channel, key, isDryRun, percent } = request;
  const signers = [key.publicKey, ...(request.previousKey ? [request.previousKey] : [])];
  const before = readIndex(directory, channel, signers);
  const candidates = [];
  for (const build of request.builds) candidates.push(await candidateOf(build, key.publicKey, context.signal));
  const content = changed(before?.index ?? { offers: [], withdrawn: [] }, {
    offers: candidates.map(({ product, version, sums, bytes }) => ({ product, version, percent, sums, bytes })),
    withdraw: request.withdraw,
  });
  const after = dated({ channel, ...content }, before?.index, request);
  for (const candidate of candidates) {
    if (isDryRun) context.print(`would publish ${nameOf(candidate)} (${candidate.files.length} files)`);
    else {
      mkdirSync(directory, { recursive: true });
      const isNew = await placeRelease(directory, candidate, key.publicKey, context.signal);
      context.print(`${nameOf(candidate)} ${isNew ? 'is published' : 'was there already'}`);
    }
  }
  const file = indexFile(directory, channel);
  if (after === before?.index) {
    context.print(`${file} says so already, and holds until ${dayOf(after.expires)}`);
  } else if (isDryRun) {
    context.print(`would write ${file}:\n${indexText(after).trimEnd()}`);
  } else {
    refuseOther(readIndex(directory, channel, signers)?.bytes, before?.bytes, file);
    mkdirSync(directory, { recursive: true });
    writeWhole(file, signedIndex(after, key));
    context.print(`${file} is written, and holds until ${dayOf(after.expires)}`);
  }
}

const dayOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

/** The same object where it says the same and holds for a while yet: nothing is to be written. */
function dated(
  content: Omit<ChannelIndex, 'written' | 'expires'>,
  before: ChannelIndex | undefined,
  { days, builds, withdraw }: ReleaseRequest,
): ChannelIndex {
  const now = Math.floor(Date.now() / 1000);
  if (before !== undefined && before.written > now + DAY_SECONDS) {
    throw new ReportedError({
      code: 'clock',
      severity: 'error',
      message: `the index that is there was written on ${dayOf(before.written)}, and this computer's clock says ${dayOf(now)}`,
      hint: 'Set the clock right: hosts take no index that is older than the last one.',
    });
  }
  if (before !== undefined && builds.length + withdraw.length > 0) {
    const isSame = indexText({ ...before, ...content }) === indexText(before);
    if (isSame && before.expires - now > (days * DAY_SECONDS) / 2) return before;
  }
  const written = Math.max(now, (before?.written ?? 0) + 1);
  return { ...content, written, expires: written + days * DAY_SECONDS };
}

function refuseOther(now: Buffer | undefined, before: Buffer | undefined, file: string): void {
  const isSame = now === undefined ? before === undefined : before?.equals(now) === true;
  if (isSame) return;
  throw new ReportedError({
    code: 'channel-index',
    severity: 'error',
    message: `${file} was changed by somebody else meanwhile`,
    hint: 'Say it again: what was copied is there, and the new index is taken into account.',
  });
}
