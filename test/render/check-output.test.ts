import { expect, test } from 'vitest';
import { renderFlavour } from '../../scripts/render/index.ts';
import { resolveIn, sourceTree } from '../flavour/source-tree.ts';
import { templates } from './shipped.ts';

function diagnosticsOf(files: Record<string, string>) {
  const { flavour, diagnostics } = resolveIn(sourceTree(files));
  if (!flavour) throw new Error(JSON.stringify(diagnostics));
  return renderFlavour(flavour, templates).diagnostics;
}

test('what an installer would refuse is told at the line that brought it', () => {
  const found = diagnosticsOf({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\npost:\n  - {source: bad.sh, reason: it ends too soon}\n',
    'overlays/core/bad.sh': 'true\n%end\nfalse\n',
  });
  expect(found[0]).toMatchObject({ severity: 'error', span: { file: 'overlays/core/bad.sh' } });
  expect(found[0]?.message).toMatch(/^line \d+ of the rendered kickstart: /);
});

test('a base must name a syntax version that is known', () => {
  const root = sourceTree();
  const { flavour } = resolveIn(root);
  if (!flavour) throw new Error('the flavour is well-formed');
  const base = { ...flavour.base, kickstartVersion: 'F99' };
  expect(renderFlavour({ ...flavour, base }, templates).diagnostics).toMatchObject([
    { code: 'unknown-kickstart-version', span: { file: 'bases/test-1.yaml' } },
  ]);
});
