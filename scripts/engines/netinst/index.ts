import type { EngineLeaf } from '../engine/index.ts';
import { options } from './options.ts';

export const netinst: EngineLeaf = {
  id: 'netinst',
  makes: 'a qcow2 disk installed by Anaconda in QEMU from Fedora’s netinst ISO',
  needs: 'any Linux; hours without KVM',
  outputs: [{ id: 'disk-qcow2', summary: 'qcow2 disk image', purpose: 'disk' }],
  asksRepositories: true,
  usualFor: [],
  options,
  load: async () => (await import('./engine.ts')).engine,
};
