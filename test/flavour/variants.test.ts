import { expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { variantsOf } from '../../scripts/flavour/matrix.ts';
import type { FlavourFile } from '../../scripts/flavour/source-files.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { asLine, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const small: FlavourFile = { flavour: 'small', summary: 'a small host' };

test('a flavour without a matrix has no variants', () => {
  expect(variantsOf(undefined)).toEqual([]);
  expect(variantsOf(small)).toEqual([]);
});

test('variants in the order of the axes, each with what its values say of it; the flavour itself is none', () => {
  const axes = {
    cpu: { optional: true, values: { amd: { summary: 'for AMD' }, intel: {} } },
    disk: { optional: true, values: { raid: { summary: 'on two disks' } } },
  };
  expect(variantsOf({ ...small, matrix: { axes } })).toEqual([
    { name: 'small-raid', summary: 'a small host, on two disks', choices: [['disk', 'raid']] },
    { name: 'small-amd', summary: 'a small host, for AMD', choices: [['cpu', 'amd']] },
    {
      name: 'small-amd-raid',
      summary: 'a small host, for AMD, on two disks',
      choices: [
        ['cpu', 'amd'],
        ['disk', 'raid'],
      ],
    },
    { name: 'small-intel', summary: 'a small host', choices: [['cpu', 'intel']] },
    {
      name: 'small-intel-raid',
      summary: 'a small host, on two disks',
      choices: [
        ['cpu', 'intel'],
        ['disk', 'raid'],
      ],
    },
  ]);
});

test('an exclusion holds where all that it says does, of several values any', () => {
  const axes = {
    cpu: { optional: true, values: { amd: {}, intel: {} } },
    disk: { optional: true, values: { raid: {}, single: {} } },
  };
  const names = (when: Readonly<Record<string, string | readonly string[]>>) =>
    variantsOf({ ...small, matrix: { axes, exclude: [{ when, reason: 'never tested' }] } }).map(({ name }) => name);
  const all = ['raid', 'single', 'amd', 'amd-raid', 'amd-single', 'intel', 'intel-raid', 'intel-single'];
  const but = (...excluded: string[]) => all.filter((one) => !excluded.includes(one)).map((one) => `small-${one}`);
  expect(names({ cpu: 'amd', disk: 'raid' })).toEqual(but('amd-raid'));
  expect(names({ cpu: ['amd', 'intel'], disk: 'raid' })).toEqual(but('amd-raid', 'intel-raid'));
  expect(names({ cpu: 'none', disk: 'single' })).toEqual(but('single'));
  expect(names({ disk: 'none' })).toEqual(but('amd', 'intel'));
});

const flavour = (name: string, ...lines: string[]) =>
  [`flavour: ${name}`, `summary: the ${name} host`, 'base: test-1', 'components: [core]', ...lines, ''].join('\n');

const matrix = (...lines: string[]) => ['matrix:', '  axes:', ...lines];

const cpu = ['    cpu:', '      optional: true', '      values: {amd: {packages: [tools]}, intel: {}}'];

test('a variant’s name may begin like that of another flavour', () => {
  const root = sourceTree({
    'flavours/small.yaml': flavour('small'),
    'flavours/small-host.yaml': flavour('small-host', ...matrix(...cpu)),
    'flavours/smal.yaml': flavour('smal', ...matrix(...cpu)),
  });
  const { flavour: found } = resolveIn(root, 'small-host-amd');
  expect(found).toMatchObject({ name: 'small-host-amd', summary: 'the small-host host' });
  expect(found?.layers.map(({ name, at }) => [name, at.file, at.start.line])).toEqual([
    ['flavour small-host', 'flavours/small-host.yaml', 1],
    ['flavour small-host, cpu=amd', 'flavours/small-host.yaml', 9],
  ]);
  expect(resolveIn(root, 'small-hostamd').flavour).toBeUndefined();
  expect(list('flavour', [userDirectory(root, '')]).map(({ name }) => name)).toEqual([
    'smal',
    'smal-amd',
    'smal-intel',
    'small',
    'small-host',
    'small-host-amd',
    'small-host-intel',
  ]);
});

test('a slip in a name is held against variants, too', () => {
  const root = sourceTree({ 'flavours/small.yaml': flavour('small', ...matrix(...cpu)) });
  expect(onlyFinding(resolveIn(root, 'small-amdd'))).toBe(
    'unknown-flavour nowhere there is no flavour `small-amdd` (did you mean `small-amd`?)',
  );
});

test('what a value of an axis says has its place in the matrix', () => {
  const root = sourceTree({ 'flavours/small.yaml': flavour('small', ...matrix(...cpu)) });
  const own = resolveIn(root, 'small-amd').flavour?.packages.filter(({ by }) => by === 'flavour small, cpu=amd');
  const span = { file: 'flavours/small.yaml', start: { line: 9, column: 33 } };
  expect(own).toMatchObject([
    { name: 'tool-a', at: span },
    { name: 'tool-b', at: span },
  ]);
});

test('an excluded variant shows the exclusion', () => {
  const exclude = ['  exclude:', '    - {when: {cpu: amd}, reason: never tested}'];
  const root = sourceTree({ 'flavours/small.yaml': flavour('small', ...matrix(...cpu), ...exclude) });
  const { diagnostics } = resolveIn(root, 'small-amd');
  expect(diagnostics.map(({ related }) => related)).toMatchObject([
    [{ message: 'excluded here', span: { start: { line: 11, column: 14 } } }],
  ]);
  // It is no mistake of its neighbours.
  expect(resolveIn(root, 'small-intel').diagnostics).toEqual([]);
});

test('a constraint that excludes nothing is an error', () => {
  const exclude = ['  exclude:', '    - {when: {cpu: amd, disk: none}, reason: never tested}'];
  const disk = ['    disk:', '      optional: true', '      values: {raid: {}}'];
  const found = (...lines: string[]) =>
    resolveIn(sourceTree({ 'flavours/small.yaml': flavour('small', ...matrix(...lines)) })).diagnostics.map(asLine);
  expect(found(...cpu, ...disk, ...exclude)).toEqual([]);
  const required = ['    cpu:', '      values: {amd: {}}'];
  const never = ['  exclude:', '    - {when: {cpu: []}, reason: never tested}'];
  expect(found(...required, ...never)).toEqual([
    'idle-constraint flavours/small.yaml:10:14 no variant is excluded by this',
  ]);
});

test('two variants of one name are an error at the matrix', () => {
  const axes = ['    cpu: {optional: true, values: {a: {}, b: {}}}', '    gpu: {optional: true, values: {a: {}}}'];
  const root = sourceTree({ 'flavours/small.yaml': flavour('small', ...matrix(...axes)) });
  expect(resolveIn(root).diagnostics.map(asLine)).toEqual([
    'same-name flavours/small.yaml:5:1 two variants are named `small-a`',
  ]);
});

test('a circle of flavours is shown from where it begins', () => {
  const root = sourceTree({
    'flavours/one.yaml': 'flavour: one\nsummary: the first\nextends: two\n',
    'flavours/two.yaml': 'flavour: two\nsummary: the second\nextends: three\n',
    'flavours/three.yaml': 'flavour: three\nsummary: the third\nextends: two\n',
  });
  expect(onlyFinding(resolveIn(root, 'one'))).toBe(
    'extends-cycle flavours/three.yaml:3:10 flavours extend each other in a circle: two → three → two',
  );
});
