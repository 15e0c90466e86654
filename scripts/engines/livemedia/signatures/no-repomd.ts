import type { Signature } from './signature.ts';

export const noRepomd: Signature = {
  id: 'no-repomd',
  pattern: /Cannot download repomd\.xml|Failed to download metadata for repo '?(?<repo>[\w-]+)/,
  cause: 'the repository $<repo> has no index at its address',
  advice: 'Check its URL and --releasever; a mirror may lag behind a release.',
  excerpt: [
    "Failed to download metadata for repo 'fedora-updates': Cannot download repomd.xml: All mirrors were tried",
  ],
};
