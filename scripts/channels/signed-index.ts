import { existsSync } from 'node:fs';
import path from 'node:path';
import { ReportedError } from '../diagnostic/index.ts';
import { readRegular } from '../files/index.ts';
import { type PublicKey, type SigningKey, signText, verifySignature } from '../signing/index.ts';
import { type Channel, type ChannelIndex, indexText, parseIndex } from './channel-index.ts';

/** Lines of a signature of minisign, which stand before the text: one file is replaced at once, two never are. */
const SIGNATURE_LINES = 4;
const MOST_MEBIBYTES = 1;

export const indexFile = (directory: string, channel: Channel): string => path.join(directory, `${channel}.index`);

/** The file of an index. */
export function signedIndex(index: ChannelIndex, key: SigningKey): string {
  const text = indexText(index);
  return `${signText(text, `timestamp:${index.written}\tchannel:${index.channel}`, key)}${text}`;
}

/** An index that is there, and its bytes. */
export interface ReadIndex {
  readonly index: ChannelIndex;
  readonly bytes: Buffer;
}

/**
 * The index of a channel that is there; undefined where none is.
 * @param keys who may have signed it
 * @throws ReportedError for one that is not theirs, or was changed: who knows what hosts were told meanwhile
 */
export function readIndex(directory: string, channel: Channel, keys: readonly PublicKey[]): ReadIndex | undefined {
  const file = indexFile(directory, channel);
  if (!existsSync(file)) return undefined;
  const read = readRegular(file, MOST_MEBIBYTES);
  if ('fault' in read) throw refused(`${file} ${read.fault}`);
  const lines = read.bytes.toString('utf8').split('\n');
  const signature = `${lines.slice(0, SIGNATURE_LINES).join('\n')}\n`;
  const text = lines.slice(SIGNATURE_LINES).join('\n');
  const judged = keys.map((key) => verifySignature(text, signature, key));
  const fault = judged.find((one) => 'fault' in one);
  if (!judged.some((one) => 'comment' in one) && fault !== undefined && 'fault' in fault) {
    throw refused(
      `${file}: its signature ${fault.fault}`,
      'Was it signed by another key before: name that one’s public key, --previous-key FILE. Else take an index that you trust.',
    );
  }
  const index = parseIndex(text);
  if (index?.channel !== channel) throw refused(`${file} is no index of the channel ${channel}`);
  return { index, bytes: read.bytes };
}

function refused(message: string, hint?: string): ReportedError {
  return new ReportedError({ code: 'channel-index', severity: 'error', message, ...(hint !== undefined && { hint }) });
}
