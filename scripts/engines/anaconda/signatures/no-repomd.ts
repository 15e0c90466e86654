import type { Signature } from './signature.ts';

export const noRepomd: Signature = {
  id: 'no-repomd',
  pattern: /Failed to download metadata .*for repo(?:sitory)? ["'](?<repo>[^"']+)|Cannot download repomd\.xml/,
  cause: 'the repository $<repo> has no index at its address',
  advice: 'Check its URL and --releasever; a mirror may lag behind a release.',
  kickstartWords: ['repo'],
  source: 'dnf5 5.4.4: libdnf5/repo/repo.cpp; librepo: librepo/yum.c',
  excerpt: [
    'Failed to download metadata (metalink: "https://mirrors.fedoraproject.org/metalink?repo=updates-released-f44&arch=x86_64") for repository "fedora-updates": Cannot download repomd.xml: All mirrors were tried',
  ],
};
