import type { Signature } from './signature.ts';

export const moduleCrashed: Signature = {
  id: 'module-crashed',
  pattern: /(?<module>Modules\.\w+) (?:exited with status|has failed to start)/,
  cause: 'Anaconda’s module $<module> could not start',
  advice:
    'The container lacks device-mapper, udev or a library: run privileged, with /dev, and with all of lorax-lmc-novirt.',
  excerpt: ['org.fedoraproject.Anaconda.Modules.Storage exited with status 1'],
};
