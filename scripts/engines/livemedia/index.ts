import { outputFacts } from '../../outputs/index.ts';
import type { EngineLeaf, EngineOutput } from '../engine/index.ts';
import { options } from './options.ts';
import { type Output, outputKinds } from './output.ts';

export const livemedia: EngineLeaf = {
  id: 'livemedia',
  makes: 'live ISO, raw or qcow2 disk, network boot set, tar (`--output`) by livemedia-creator',
  needs:
    'Fedora of the same release with root and loop devices, or mock, or rootful podman (`--runner auto|host|mock|podman`)',
  outputs: [output('iso'), output('raw'), output('qcow2'), output('pxe'), output('tar')],
  asksRepositories: true,
  usualFor: ['rpm'],
  options,
  load: async () => (await import('./engine.ts')).engine,
};

function output(id: Output): EngineOutput {
  const { output: word, isDisk } = outputKinds[id];
  return { id: word, summary: outputFacts[word].summary, purpose: isDisk ? 'disk' : 'live' };
}
