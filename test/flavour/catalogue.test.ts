import { expect, test } from 'vitest';
import { list, listTopologies, neverAsked } from '../../scripts/flavour/index.ts';
import { userDirectory } from '../../scripts/places/index.ts';
import { resolveIn, sourceTree } from './source-tree.ts';

test('what can be found is listed with its description, sorted, broken files too', () => {
  const root = sourceTree({ 'flavours/broken.yaml': 'flavour: broken\n' });
  const directories = [userDirectory(root, '')];
  expect(list('flavour', directories)).toMatchObject([
    { name: 'broken', file: 'flavours/broken.yaml' },
    { name: 'small', summary: 'a flavour for tests' },
  ]);
  expect(list('component', directories)).toMatchObject([{ name: 'core', summary: 'the core of tests' }]);
  expect(list('base', directories)).toMatchObject([{ name: 'test-1', summary: 'a base for tests' }]);
});

test('the first directory that has a name wins, and its files are named by its label', () => {
  const own = sourceTree({ 'flavours/small.yaml': 'flavour: small\nsummary: my own\nbase: test-9\n' });
  const shared = sourceTree();
  const directories = [userDirectory(own, 'mine'), userDirectory(shared, '')];
  expect(list('flavour', directories)).toEqual([
    { name: 'small', summary: 'my own', file: 'mine/flavours/small.yaml' },
  ]);
  expect(list('flavour', [userDirectory('/nowhere', '')])).toEqual([]);
});

test('an empty file is told what it should be', () => {
  const { diagnostics } = resolveIn(sourceTree({ 'flavours/small.yaml': '' }));
  expect(diagnostics).toMatchObject([
    { message: 'the file must be a flavour, not nothing', span: { start: { line: 1, column: 1 } } },
  ]);
});

test('a component is asked for by a flavour, a choice of its matrix, a hardware profile, or another component', () => {
  const component = (name: string, requires = '') => ({
    [`overlays/${name}/component.yaml`]: `component: ${name}\nsummary: the ${name}\n${requires}`,
  });
  const root = sourceTree({
    ...component('chosen', 'requires: [{component: deep, when: {base: none}}]\n'),
    ...component('deep'),
    ...component('of-hardware'),
    ...component('idle', 'requires: [core]\n'),
    'flavours/varied.yaml':
      'flavour: varied\nsummary: varied\nmatrix: {axes: {a: {values: {b: {components: [chosen]}}}}}\n',
    'hardware/box.yaml':
      'hardware: box\nsummary: a box\npower: server\ncpu: {vendor: any}\ncomponents: [of-hardware]\nverified: {by: nothing, note: made up}\n',
  });
  expect(list('hardware', [userDirectory(root, '')])).toMatchObject([{ name: 'box', summary: 'a box' }]);
  expect([...neverAsked([userDirectory(root, '')])]).toEqual(['idle']);
});

test('topologies are listed by their summaries, whatever else is wrong with them', () => {
  const own = sourceTree({
    'topologies/big.yaml': 'topology: big\nsummary: mine\nprocesors: 8\n',
    'topologies/torn.yaml': 'topology: [\n',
    'topologies/notes.txt': 'no topology\n',
  });
  const shared = sourceTree({
    'topologies/big.yaml': 'topology: big\nsummary: of all\n',
    'topologies/apart.yaml': 'summary: apart\n',
  });
  const directories = [userDirectory(own, 'mine'), userDirectory(shared, '')];
  expect(listTopologies(directories)).toEqual([
    { name: 'apart', summary: 'apart', file: 'topologies/apart.yaml' },
    { name: 'big', summary: 'mine', file: 'mine/topologies/big.yaml' },
    { name: 'torn', file: 'mine/topologies/torn.yaml' },
  ]);
});
