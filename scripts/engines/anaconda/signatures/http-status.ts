import type { Signature } from './signature.ts';

export const httpStatus: Signature = {
  id: 'http-status',
  pattern: /Status code: (?<status>[45]\d\d) for (?<url>\S+)/,
  cause: 'the server answers $<status> for $<url>',
  advice: 'The path is wrong, or the release has moved to the archive.',
  source: 'librepo: librepo/downloader.c',
  excerpt: ['Status code: 404 for https://download.example.org/fedora/44/os/repodata/repomd.xml (IP: 192.0.2.1)'],
};
