import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { list, type ResolvedFlavour, resolveFlavour } from '../../scripts/flavour/index.ts';
import { renderFlavour } from '../../scripts/render/index.ts';
import { directories, resolveShipped, shipped, templates } from '../render/shipped.ts';

/** Components that no shipped flavour has: a user's own flavour asks for them. */
const OFFERED = ['gpu-only-one', 'updates'];

const bases = list('base', directories).map(({ name }) => name);

test('every component is part of a shipped flavour, or is offered', () => {
  const reached = shipped.flatMap(([name, base]) =>
    resolveShipped(name, base).components.map((component) => component.name),
  );
  const names = list('component', directories).map(({ name }) => name);
  expect(names.filter((name) => !reached.includes(name))).toEqual(OFFERED);
});

test.each(OFFERED.flatMap((name) => bases.map((base) => [name, base] as const)))(
  'headless with %s on %s is read without findings',
  (name, base) => {
    const flavour = withComponents([name], base);
    expect(flavour.components.map((component) => component.name)).toContain(name);
    expect(renderFlavour(flavour, templates).diagnostics).toEqual([]);
  },
);

test.each(bases)('all graphics cards may be handed over on %s', (base) => {
  const { files } = withComponents(['gpu-amd', 'gpu-intel', 'gpu-nvidia', 'gpu-only-one'], base);
  const texts = files.map(({ content }) => ('text' in content ? content.text : '')).join('\n');
  for (const driver of ['amdgpu', 'i915', 'nouveau', 'snd_hda_intel']) {
    expect(texts).toContain(`softdep ${driver} pre: vfio-pci\n`);
  }
});

/** headless with further components, as a user's own flavour. */
function withComponents(components: readonly string[], base: string): ResolvedFlavour {
  const root = mkdtempSync(path.join(tmpdir(), 'phyllome-offered-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const own = directories.map((directory) => ({ ...directory, root }));
  for (const { flavours } of own) {
    mkdirSync(path.join(root, flavours), { recursive: true });
    writeFileSync(
      path.join(root, flavours, 'mine.yaml'),
      `flavour: mine\nsummary: a user's own\nextends: headless\ncomponents: [${components.join(', ')}]\n`,
    );
  }
  const { flavour, diagnostics } = resolveFlavour({ name: 'mine', base, directories: [...own, ...directories] });
  if (!flavour) throw new Error(JSON.stringify(diagnostics, null, 2));
  return flavour;
}
