import type { EngineLeaf } from '../engine/index.ts';
import { options } from './options.ts';

export { options as installerOptions } from './options.ts';

export const installer: EngineLeaf = {
  id: 'installer',
  makes: 'Fedora’s netinst ISO with our kickstart on it (`phyllome installer`)',
  needs: 'any Linux',
  outputs: [{ id: 'installer', summary: 'ISO that installs', purpose: 'installer' }],
  usualFor: [],
  options,
  load: async () => (await import('./engine.ts')).engine,
};
