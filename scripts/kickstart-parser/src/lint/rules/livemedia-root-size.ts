import type { LintRule } from '../rule.ts';

export const livemediaRootSize: LintRule = {
  id: 'livemedia-root-size',
  severity: 'error',
  summary: 'livemedia-creator computes the size of the image from part / --size.',
  reason: 'Without the partition it stops; with --grow but no --size it fails with an internal error.',
  profiles: ['livemedia'],
  isFixable: false,
  example: 'part / --grow\n',
  *check({ model, startOfDocument }) {
    const { part, autopart } = model.commands;
    const root = part.filter(({ mountpoint }) => mountpoint === '/').at(-1);
    if (root === undefined) {
      const span = autopart?.span ?? startOfDocument;
      yield { message: 'There is no "part /"', span, hint: 'Add "part / --size=10240", in MiB, without autopart.' };
    } else if (!root.size) {
      yield { message: '"part /" has no --size', span: root.span, hint: 'Add --size in MiB; 10240 is a usual value.' };
    }
  },
};
