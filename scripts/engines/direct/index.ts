import type { ResolvedFlavour } from '../../flavour/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { EngineLeaf } from '../engine/index.ts';
import { options } from './options.ts';

export const direct: EngineLeaf = {
  id: 'direct',
  makes: 'a live ISO, or a qcow2 disk where the flavour has partitions, without Anaconda',
  needs: '`mmdebstrap` and `bubblewrap` on any Linux; no root where user namespaces are allowed',
  outputs: [
    { id: 'iso', summary: 'live ISO for BIOS and UEFI', purpose: 'live' },
    { id: 'qcow2', summary: 'qcow2 disk image', purpose: 'live' },
  ],
  usualFor: ['deb'],
  options,
  load: async () => (await import('./engine.ts')).engine,
};

/** The plan that fetches the package indexes which the flavour would be installed from, and verifies them. */
export async function packageIndexPlan(flavour: ResolvedFlavour, kickstart: string): Promise<Plan> {
  return (await import('./package-index.ts')).packageIndexPlan(flavour, kickstart);
}
