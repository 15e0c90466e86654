/** One version in a changelog of Debian's. */
export interface ChangelogEntry {
  readonly version: string;
  /** `trixie-security` */
  readonly distribution: string;
  /** As it is written there: `Sat, 21 Nov 2026 10:00:00 +0000`. */
  readonly date: string;
  /** Lines without the indentation that all have, and without empty ones at both ends. */
  readonly lines: readonly string[];
}

/** `openssh (1:10.0p1-8) trixie-security; urgency=high`. See deb-changelog(5). */
const HEADER = /^([\w.+-]+) \(([^\s()]+)\) ([^;]*);/;
const TRAILER = /^ -- .*?>? {2}(.*)$/;

/**
 * The entries newer than version `after`, newest first. `isWhole` is false where that version is not in it: it was cut off, or
 * the package went back to an older one; then there is the newest alone.
 */
export function entriesSince(
  text: string,
  source: string,
  after: string,
): { readonly entries: readonly ChangelogEntry[]; readonly isWhole: boolean } {
  const entries: ChangelogEntry[] = [];
  let open: { version: string; distribution: string; lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [, name, version = '', distribution = ''] = HEADER.exec(line) ?? [];
    // Upstream's own changelog may stand behind it.
    if (name === source) {
      if (version === after) return { entries, isWhole: true };
      open = { version, distribution: distribution.trim(), lines: [] };
      continue;
    }
    const date = TRAILER.exec(line)?.[1];
    if (open !== undefined && date !== undefined) {
      entries.push({ ...open, date, lines: trimmed(open.lines) });
      open = undefined;
    }
    open?.lines.push(line.trimEnd());
  }
  return { entries: entries.slice(0, 1), isWhole: false };
}

function trimmed(lines: readonly string[]): readonly string[] {
  const plain = lines.map((line) => line.replace(/^ {1,2}/, ''));
  const first = plain.findIndex((line) => line !== '');
  const last = plain.findLastIndex((line) => line !== '');
  return first < 0 ? [] : plain.slice(first, last + 1);
}
