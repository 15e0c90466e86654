import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { BaseFile, ComponentFile, UnitEntry } from '../../scripts/flavour/index.ts';
import { list } from '../../scripts/flavour/index.ts';
import { checkout, directories } from '../render/shipped.ts';

const read = (...names: string[]): unknown => parse(readFileSync(path.join(checkout, ...names), 'utf8'));
const components = list('component', directories).map(({ name }) => ({
  name,
  data: read('overlays', name, 'component.yaml') as ComponentFile,
}));
/** Those that have names; others extend one of them. */
const bases = list('base', directories)
  .map(({ name }) => read('kickstarts/bases', `${name}.yaml`) as BaseFile)
  .filter(({ names }) => names !== undefined);

/** Exact names need no base. */
const logicalUnit = ({ enable, disable, mask }: UnitEntry): readonly string[] => {
  const said = enable ?? disable ?? mask ?? '';
  return typeof said === 'string' ? [said] : [];
};
const used = {
  packages: [
    ...components.flatMap(({ data }) =>
      (data.packages ?? []).flatMap((entry) => (typeof entry === 'string' ? entry : (entry.name ?? []))),
    ),
    // Wanted by any file with an SELinux type of its own.
    'selinux-labels',
  ],
  units: components.flatMap(({ data }) => (data.units ?? []).flatMap(logicalUnit)),
  paths: components.flatMap(({ data }) =>
    (data.files ?? []).map((entry) => entry.path).filter((name) => !name.startsWith('/')),
  ),
};

describe.each(bases)('the names of $base', ({ names }) => {
  test.each(['packages', 'units', 'paths'] as const)(
    '%s: every logical name that a component uses, and no other',
    (kind) => {
      expect(Object.keys(names?.[kind] ?? {}).sort()).toEqual([...new Set(used[kind])].sort());
    },
  );
});

test('every component says why it makes the choices it makes', () => {
  for (const { name, data } of components) {
    expect(data, name).toMatchObject({ component: name });
    for (const { reason } of data.units ?? []) expect(reason.length).toBeGreaterThan(15);
  }
});
