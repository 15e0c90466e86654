import type { CachedStage } from '../../plan/index.ts';
import { outputOf, writeInputTo } from '../../plan/index.ts';
import type { ExactList } from '../exact-packages/index.ts';

/** Leaves what resolving leaves, by a list that was made earlier: what comes after cannot tell one from the other. */
export function lockedStage(id: string, title: string, { lock, addresses }: ExactList, sources?: string): CachedStage {
  const write = (name: string, content: string) => ({
    id: name.replace('.', '-'),
    title: `Writing ${name}`,
    argv: writeInputTo(`${outputOf(id)}/${name}`),
    stdin: content,
    needs: [],
  });
  return {
    id,
    title,
    key: { values: [], stages: [], files: [] },
    reuse: { kind: 'always' },
    estimatedBytes: 1e6,
    steps: [
      write('lock', lock),
      write('addresses', addresses),
      ...(sources === undefined ? [] : [write('sources.list', sources)]),
    ],
  };
}
