import { expect, test } from 'vitest';
import { onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

const resolved = (...lines: string[]) =>
  resolveIn(
    sourceTree({
      'flavours/child.yaml': ['flavour: child', 'summary: a child', 'extends: small', ...lines, ''].join('\n'),
      'flavours/small.yaml':
        'flavour: small\nsummary: small\nbase: test-1\ncomponents: [core]\ninstallationDisk: {buses: [nvme], minimumGiB: 100}\n',
    }),
    'child',
  );

test('what the disk must be like is inherited, and changed as a whole', () => {
  expect(resolved().flavour?.installationDisk).toMatchObject({
    value: { buses: ['nvme'], minimumGiB: 100 },
    at: { file: 'flavours/small.yaml' },
  });
  expect(resolved('override: {installationDisk: {rotational: false}}').flavour?.installationDisk?.value).toEqual({
    rotational: false,
  });
  expect(onlyFinding(resolved('installationDisk: {empty: true}'))).toMatch(
    /^value-conflict flavours\/child\.yaml:4:19 `installationDisk` differs/,
  );
});

test.each([
  ['{minimumGiB: 500, maximumGiB: 400}', /^no-such-disk .*at least 500 GiB and at most 400 GiB/],
  ['{buses: [isa]}', /nvme/],
  ['{names: [/dev/sda]}', /a name below `\/dev`/],
  ['{matches: 0}', /number of disks/],
  ['{size: 5}', /size/],
])('%s is refused', (disk, expected) => {
  expect(onlyFinding(resolved(`override: {installationDisk: ${disk}}`))).toMatch(expected);
});
