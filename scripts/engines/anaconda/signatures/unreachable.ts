import type { Signature } from './signature.ts';

export const unreachable: Signature = {
  id: 'unreachable',
  pattern: /Curl error \((?<code>\d+)\): (?<reason>[^[\n]+)/,
  cause: 'a download failed: $<reason>',
  advice: 'Check network, DNS and proxy of the builder (a container may lack resolv.conf).',
  source: 'librepo: librepo/downloader.c',
  excerpt: [
    'Curl error (6): Could not resolve hostname for https://mirrors.fedoraproject.org/mirrorlist?repo=fedora-44 [Could not resolve host: mirrors.fedoraproject.org]',
  ],
};
