/** A file that a repository's repomd.xml describes. */
export interface FileOfRepomd {
  /** Relative to the repository's address. */
  readonly href: string;
  readonly sha256: string;
}

/** What a list tells: `primary` of each package its name and what it provides, `filelists` its files, `updateinfo` what updates mend. */
export type RepodataList = 'primary' | 'filelists' | 'updateinfo';

/** One of its lists; undefined where the text describes none, or not by a SHA-256. */
export function listOf(repomd: string, kind: RepodataList): FileOfRepomd | undefined {
  const data = new RegExp(`<data type="${kind}">([\\s\\S]*?)</data>`).exec(repomd)?.[1] ?? '';
  const sha256 = /<checksum type="sha256">([0-9a-f]{64})<\/checksum>/.exec(data)?.[1];
  const href = /<location href="([^"]+)"/.exec(data)?.[1];
  // It must lie below the repository.
  if (sha256 === undefined || href === undefined || /^[a-z]+:|^\/|\.\./i.test(href)) return undefined;
  return { href, sha256 };
}
