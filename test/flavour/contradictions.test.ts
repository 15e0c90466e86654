import { expect, test } from 'vitest';
import { asLine, resolveIn, sourceTree } from './source-tree.ts';

const flavour = (...lines: string[]): string =>
  sourceTree({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\nunits:\n  - {enable: login, reason: first}\nkernelArguments:\n  - {argument: iommu=pt, reason: fast}\n  - {argument: console=tty0, reason: see}\n',
    'flavours/small.yaml': [
      'flavour: small',
      'summary: s m l',
      'base: test-1',
      'components: [core]',
      ...lines,
      '',
    ].join('\n'),
  });

test.each(['disable', 'mask'])('a unit enabled here and to %s there is an error with both places', (verb) => {
  const { diagnostics } = resolveIn(flavour('units:', `  - {${verb}: login, reason: second}`));
  expect(diagnostics.map(asLine)).toEqual([
    `unit-contradiction flavours/small.yaml:6:${verb.length + 8} \`getty@tty1.service\` is to be ${verb}${verb === 'mask' ? 'ed' : 'd'} (flavour small) and enabled (core)`,
  ]);
  expect(diagnostics[0]?.related).toMatchObject([{ message: 'enabled here: first', span: { start: { line: 4 } } }]);
});

test('the same statement twice is fine, and said once', () => {
  const { flavour: resolved } = resolveIn(flavour('units:', '  - {enable: login, reason: second}'));
  expect(resolved?.units.map(({ reason }) => reason)).toEqual(['first']);
});

test('two values of one kernel argument are an error; consoles may be several', () => {
  const { diagnostics } = resolveIn(
    flavour(
      'kernelArguments:',
      '  - {argument: console=ttyS0, reason: also}',
      '  - {argument: iommu=on, reason: safe}',
    ),
  );
  expect(diagnostics.map(asLine)).toEqual([
    'kernel-argument-contradiction flavours/small.yaml:7:16 `iommu=on` (flavour small) contradicts `iommu=pt` (core)',
  ]);
});

test('kernel arguments keep their order, each once', () => {
  const { flavour: resolved } = resolveIn(
    flavour(
      'kernelArguments:',
      '  - {argument: iommu=pt, reason: again}',
      '  - {argument: console=ttyS0, reason: also}',
    ),
  );
  expect(resolved?.kernelArguments.map(({ argument }) => argument)).toEqual([
    'iommu=pt',
    'console=tty0',
    'console=ttyS0',
  ]);
});
