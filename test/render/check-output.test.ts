import { KICKSTART_VERSIONS } from 'kickstart-parser';
import { expect, test } from 'vitest';
import { checkOutput, checkScripts } from '../../scripts/render/check-output.ts';
import { renderFlavour } from '../../scripts/render/index.ts';
import { resolveIn, sourceTree } from '../flavour/source-tree.ts';
import { templates } from './shipped.ts';
import { at, resolved } from './sourced.ts';

function diagnosticsOf(files: Record<string, string>) {
  const { flavour, diagnostics } = resolveIn(sourceTree(files));
  if (!flavour) throw new Error(JSON.stringify(diagnostics));
  return renderFlavour(flavour, templates).diagnostics;
}

test.each(['true\n%end\nfalse\n', '%include /etc/passwd\n', 'a\rb\n'])(
  'a script that a kickstart cannot carry: %j',
  (text) => {
    const [found] = diagnosticsOf({
      'overlays/core/component.yaml':
        'component: core\nsummary: the core\npost:\n  - {source: bad.sh, reason: it ends too soon}\n',
      'overlays/core/bad.sh': text,
    });
    expect(found).toMatchObject({
      code: 'script-not-carried',
      severity: 'error',
      span: { file: 'overlays/core/component.yaml', start: { line: 4, column: 14 } },
    });
  },
);

test('what an installer would refuse is told at the line that brought it', () => {
  const kickstart = 'lang C.UTF-8\nnonsense --now\n';
  const map = {
    sources: ['a.yaml', 'b.yaml'],
    lines: [
      [0, 3],
      [1, 7],
    ] as const,
  };
  const { flavour } = resolveIn(sourceTree());
  if (!flavour) throw new Error('the flavour is well-formed');
  expect(checkOutput(kickstart, map, flavour.base)).toMatchObject([
    { severity: 'error', span: { file: 'b.yaml', start: { line: 7, column: 1 } } },
  ]);
  expect(checkOutput(kickstart, map, flavour.base)[0]?.message).toMatch(/^line 2 of the rendered kickstart: /);
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

test('what is wrong with a script or a syntax version is said in full', () => {
  const flavour = resolved();
  const script = { source: 'overlays/core/bad.sh', text: '%end\n', reason: 'why', by: 'core', at: at(4) };
  expect(checkScripts({ post: [script, { ...script, text: 'true\n' }] })).toEqual([
    {
      code: 'script-not-carried',
      severity: 'error',
      message:
        "`overlays/core/bad.sh` holds a line that begins with a kickstart section's name, or a control character",
      span: at(4),
      hint: 'put the text into an overlay file, which may hold anything, and run that',
    },
  ]);
  const base = { ...flavour.base, kickstartVersion: 'F99', at: at(2) };
  expect(checkOutput('lang C\n', { lines: [], sources: [] }, base)).toEqual([
    {
      code: 'unknown-kickstart-version',
      severity: 'error',
      message: '`F99` is no kickstart syntax version that is known here',
      span: at(2),
      hint: `the newest is ${KICKSTART_VERSIONS.at(-1)}`,
    },
  ]);
});
