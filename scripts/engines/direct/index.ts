import type { ResolvedFlavour } from '../../flavour/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { EngineLeaf } from '../engine/index.ts';
import type { LockMaker } from './lock/lock-maker.ts';
import { options } from './options.ts';
import { directOutput } from './outputs.ts';

export { bundleProgram } from './installer/bundle.ts';

export const direct: EngineLeaf = {
  id: 'direct',
  makes:
    'live ISO, one that installs, and network boot set, raw and qcow2 disk where the flavour has partitions, OCI archive (`--output`), without Anaconda',
  needs: '`mmdebstrap` and `bubblewrap` on any Linux; no root where user namespaces are allowed',
  outputs: [
    directOutput('live-iso'),
    directOutput('installer-iso'),
    directOutput('disk-raw'),
    directOutput('disk-qcow2'),
    directOutput('pxe'),
    directOutput('oci'),
  ],
  makesSeveral: true,
  makesSameBits: true,
  usualFor: ['deb'],
  options,
  load: async () => (await import('./engine.ts')).engine,
};

/** The plan that fetches the package indexes which the flavour would be installed from, and verifies them. */
export async function packageIndexPlan(flavour: ResolvedFlavour, kickstart: string): Promise<Plan> {
  return (await import('./package-index.ts')).packageIndexPlan(flavour, kickstart);
}

export type { LockMaker } from './lock/lock-maker.ts';
export type { Move } from './lock/lock-stages.ts';

/** How the exact packages of a flavour are found. */
export async function lockMakerOf(flavour: ResolvedFlavour, kickstart: string): Promise<LockMaker> {
  return (await import('./lock/lock-maker.ts')).lockMaker(flavour, kickstart);
}
