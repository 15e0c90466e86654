import { test } from 'vitest';
import { expectRead } from './expect-read.ts';
import { edited, setOf } from './small-set.ts';

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
