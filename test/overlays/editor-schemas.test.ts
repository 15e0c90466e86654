import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { checkout, directories } from '../render/shipped.ts';

const files = [
  ...list('flavour', directories).flatMap(({ file, of }) => (of === undefined ? [['flavour', file] as const] : [])),
  ...list('base', directories).map(({ name }) => ['base', `kickstarts/bases/${name}.yaml`] as const),
  ...list('hardware', directories).map(({ name }) => ['hardware', `kickstarts/hardware/${name}.yaml`] as const),
  ...list('component', directories).map(({ name }) => ['component', `overlays/${name}/component.yaml`] as const),
];

test.each(files)('editors find the schema of the %s %s', (kind, file) => {
  const first = readFileSync(path.join(checkout, file), 'utf8').split('\n', 1)[0];
  const schema = /^# yaml-language-server: \$schema=(\S+)$/.exec(first ?? '')?.[1] ?? '';
  const target = path.join(checkout, path.dirname(file), schema);
  expect(path.basename(target)).toBe(`${kind}.schema.json`);
  expect(existsSync(target)).toBe(true);
});
