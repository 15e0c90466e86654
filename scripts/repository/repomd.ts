/** A file that a repository's repomd.xml describes. */
export interface FileOfRepomd {
  /** Relative to the repository's address. */
  readonly href: string;
  readonly sha256: string;
}

/** The list of packages; undefined where the text describes none, or not by a SHA-256. */
export function primaryOf(repomd: string): FileOfRepomd | undefined {
  const data = /<data type="primary">([\s\S]*?)<\/data>/.exec(repomd)?.[1] ?? '';
  const sha256 = /<checksum type="sha256">([0-9a-f]{64})<\/checksum>/.exec(data)?.[1];
  const href = /<location href="([^"]+)"/.exec(data)?.[1];
  // It must lie below the repository.
  if (sha256 === undefined || href === undefined || /^[a-z]+:|^\/|\.\./i.test(href)) return undefined;
  return { href, sha256 };
}
