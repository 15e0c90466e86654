import { expect, test } from 'vitest';
import { show } from '../../scripts/explain/index.ts';
import { resolveIn, sourceTree } from '../flavour/source-tree.ts';

test('every value stands with the line that set it, and no secret is there', () => {
  const hash = `$6$salt$${'x'.repeat(86)}`;
  const root = sourceTree({
    'flavours/small.yaml': `flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\nsystem: {hostname: me}\nbudgets: {imageMiB: 7}\nusers: [{name: ada, passwordHash: "${hash}"}]\n`,
  });
  const { flavour } = resolveIn(root);
  if (!flavour) throw new Error('the flavour is well-formed');
  const lines = show(flavour)
    .split('\n')
    .map((line) => line.trim().replaceAll(/ +/g, ' '));
  expect(lines).toEqual(
    expect.arrayContaining([
      'hostname: me # flavours/small.yaml:5',
      'keyboard: us # bases/test-1.yaml:14',
      'core # flavours/small.yaml:4',
      'bash (core) # overlays/core/component.yaml:3',
      'enable getty@tty1.service (core) # overlays/core/component.yaml:5',
      'imageMiB: 7 # flavours/small.yaml:6',
      'ada # flavours/small.yaml:7',
    ]),
  );
  expect(show(flavour)).not.toContain(hash);
});
