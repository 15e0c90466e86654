import { expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { renderFlavour } from '../../scripts/render/index.ts';
import { directories, resolveShipped, shipped, templates } from '../render/shipped.ts';
import { headlessWith } from './headless-with.ts';

const bases = list('base', directories).map(({ name }) => name);

/** Components that no shipped flavour has: a user's own flavour asks for them, with these options. */
const OFFERED: Readonly<Record<string, object>> = {
  'gpu-only-one': {},
  releases: {
    options: {
      releases: {
        address: 'https://example.org/releases',
        keys: ['RWSKyyo2GYl4TadvOwza94DngYE4BTMG5NMXQ2nbGPROcQJwEXq/Dapz'],
      },
    },
  },
};

test('every component is part of a shipped flavour, or is offered', () => {
  const reached = shipped.flatMap(([name, base]) =>
    resolveShipped(name, base).components.map((component) => component.name),
  );
  const names = list('component', directories).map(({ name }) => name);
  expect(names.filter((name) => !reached.includes(name))).toEqual(Object.keys(OFFERED));
});

test.each(Object.keys(OFFERED).flatMap((name) => bases.map((base) => [name, base] as const)))(
  'headless with %s on %s is read without findings',
  (name, base) => {
    const flavour = headlessWith({ components: [name], ...OFFERED[name] }, base);
    expect(flavour.components.map((component) => component.name)).toContain(name);
    expect(renderFlavour(flavour, templates).diagnostics).toEqual([]);
  },
);

test.each(bases)('all graphics cards may be handed over on %s', (base) => {
  const { files } = headlessWith({ components: ['gpu-amd', 'gpu-intel', 'gpu-nvidia', 'gpu-only-one'] }, base);
  const texts = files.map(({ content }) => ('text' in content ? content.text : '')).join('\n');
  for (const driver of ['amdgpu', 'i915', 'nouveau', 'snd_hda_intel']) {
    expect(texts).toContain(`softdep ${driver} pre: vfio-pci\n`);
  }
});
