import { filesIn, type Profile, profileOf } from '../explain/index.ts';
import { checksumOf, type FreshRecord, withChecksums } from './record.ts';
import type { Origins } from './texts.ts';

/** Where committed kickstarts lie, below the folder of the set. */
export const WHOLE = 'whole';

const REFERENCE = /^(.*)\n# \S+, \d+ lines, (sha256:[0-9a-f]+)\n?$/;

/** A kickstart to be committed: the text of a file that stands elsewhere is named instead of repeated. */
export function writeWhole(record: FreshRecord, origins: Origins): string {
  const lines = record.rendered.kickstart.split('\n');
  const { found } = filesIn(record.rendered.kickstart);
  return found
    .toReversed()
    .reduce((written, { path, lines: [start, end] }) => {
      const checksum = checksumOf(record.profile.files.get(path) ?? '');
      if (checksum === undefined || start === end) return written;
      const { source, text = source } = origins(record, path);
      const reference = `# ${text}, ${end - start} lines, ${checksum}`;
      return written.toSpliced(start, end - start, reference);
    }, lines)
    .join('\n');
}

/** What a committed kickstart says, and the texts of its scripts by their checksums. */
export function readWhole(text: string): { readonly profile: Profile; readonly texts: ReadonlyMap<string, string> } {
  const texts = new Map<string, string>();
  const written = profileOf(text);
  const profile = withChecksums(written, texts);
  const files = [...profile.files].map(([path, value]) => {
    const [, how, checksum] = REFERENCE.exec(written.files.get(path) ?? '') ?? [];
    return [path, checksum === undefined ? value : `${how}\n${checksum}`] as const;
  });
  return { profile: { ...profile, files: new Map(files) }, texts };
}
