import { expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { asLine, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const tree = (...exclude: string[]): string =>
  sourceTree({
    'overlays/core/component.yaml':
      'component: core\nsummary: the core\noptions:\n  fs: {doc: file system, type: enum, values: [ext4, xfs], default: ext4}\n',
    'flavours/small.yaml': [
      'flavour: small',
      'summary: a small host',
      'base: test-1',
      'components: [core]',
      'matrix:',
      '  axes:',
      '    cpu:',
      '      optional: true',
      '      values:',
      '        amd: {packages: [shell], summary: for AMD}',
      '        intel: {}',
      '    fs:',
      '      values:',
      '        ext4: {}',
      '        xfs: {options: {core: {fs: xfs}}}',
      ...(exclude.length > 0 ? ['  exclude:', ...exclude] : []),
      '',
    ].join('\n'),
  });
const namesIn = (root: string) => list('flavour', [userDirectory(root, '')]).map(({ name }) => name);

test('each combination is a flavour of its own, in the order of the axes', () => {
  const root = tree();
  expect(namesIn(root)).toEqual([
    'small',
    'small-amd-ext4',
    'small-amd-xfs',
    'small-ext4',
    'small-intel-ext4',
    'small-intel-xfs',
    'small-xfs',
  ]);
  const { flavour } = resolveIn(root, 'small-amd-xfs');
  expect(flavour).toMatchObject({
    name: 'small-amd-xfs',
    summary: 'a small host, for AMD',
    packages: [{ name: 'bash', by: 'flavour small, cpu=amd', at: { start: { line: 10 } } }],
    options: [{ name: 'fs', value: 'xfs', at: { start: { line: 15 } } }],
  });
  expect(resolveIn(root).flavour?.packages).toEqual([]);
});

test('what is excluded is not there, and asking for it tells why', () => {
  const root = tree(
    '    - {when: {cpu: amd, fs: xfs}, reason: never tested}',
    '    - {when: {cpu: none}, reason: say one}',
  );
  expect(namesIn(root)).toEqual(['small', 'small-amd-ext4', 'small-intel-ext4', 'small-intel-xfs']);
  const resolution = resolveIn(root, 'small-amd-xfs');
  expect(onlyFinding(resolution)).toBe('excluded-variant nowhere there is no `small-amd-xfs`: never tested');
  expect(resolution.diagnostics[0]?.related?.[0]?.span.start.line).toBe(17);
});

test.each([
  [
    '    - {when: {cpus: amd}, reason: a slip}',
    'unknown-axis flavours/small.yaml:17:15 there is no axis `cpus` (did you mean `cpu`?)',
  ],
  [
    '    - {when: {cpu: amdd}, reason: a slip}',
    'unknown-value flavours/small.yaml:17:20 axis `cpu` has no value `amdd` (did you mean `amd`?)',
  ],
  [
    '    - {when: {fs: none}, reason: a slip}',
    'unknown-value flavours/small.yaml:17:19 axis `fs` has no value `none` (there are: ext4, xfs)',
  ],
])('a constraint that means nothing is an error: %s', (line, finding) => {
  expect(onlyFinding(resolveIn(tree(line)))).toBe(finding);
});

test('a variant can be extended, and a slip in its name is told', () => {
  const files = { 'flavours/mine.yaml': 'flavour: mine\nsummary: my own\nextends: small-amd-xsf\n' };
  const root = sourceTree(files);
  expect(resolveIn(root, 'mine').diagnostics.map(asLine)[0]).toMatch(/there is no flavour `small-amd-xsf`/);
});
