import { expect, test } from 'vitest';
import type { FreshSet } from '../../scripts/committed-set/index.ts';
import { readSet } from '../../scripts/committed-set/read-set.ts';
import { shippedSet } from '../render/shipped.ts';
import { edited, setOf } from './small-set.ts';

/** What was written, read back, is what was rendered: names, what is said of them, checksums and order. */
function expectRead({ records, files }: FreshSet): void {
  const read = readSet(files);
  expect(read.strange).toEqual([]);
  expect([...read.records.keys()]).toEqual(records.map(({ file }) => file));
  for (const { file, profile, sha256, essence, order } of records) {
    const { profile: told, ...row } = read.records.get(file) ?? {};
    expect(row, file).toMatchObject({ sha256, essence, order });
    for (const [part, names] of Object.entries(profile)) {
      const its = Object.entries(told ?? {}).find(([name]) => name === part)?.[1];
      expect(Object.fromEntries(its ?? []), `${part} of ${file}`).toEqual(Object.fromEntries(names));
    }
  }
}

test('every shipped kickstart is told by what is committed of it', () => {
  expectRead(shippedSet());
});

test('a variant that has less, a base that has none, and texts with anything in them', () => {
  expectRead(
    setOf({
      'flavours/large.yaml':
        'flavour: large\nsummary: more\nextends: small\ncomponents: [extra]\nmatrix: {axes: {noise: {doc: how loud, optional: true, values: {no: {summary: less, packages: {remove: [tools]}, components: {remove: [extra]}}}}}}\n',
      'flavours/other.yaml':
        'flavour: other\nsummary: of a variant\nextends: large-no\nbases: [test-2]\noverride: {base: test-2}\n',
      'overlays/core/rootfs/etc/greeting.hbs': '%end\n{{flavour.name}}\n',
      'overlays/core/rootfs/etc/empty': '',
      'overlays/core/rootfs/etc/no-end': 'sha256:0',
      ...edited('overlays/core/component.yaml', 'quiet', '"dyndbg=a,b"'),
    }),
  );
});
