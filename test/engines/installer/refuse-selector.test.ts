import { expect, test } from 'vitest';
import { ReportedError } from '../../../scripts/diagnostic/index.ts';
import { refuseSelector } from '../../../scripts/engines/installer/refuse-selector.ts';

const at = {
  file: 'flavours/x.yaml',
  start: { line: 4, column: 1, offset: 0 },
  end: { line: 4, column: 2, offset: 1 },
};

test('a medium of Fedora that cannot choose a disk as the flavour wants it is not made', () => {
  expect(() => refuseSelector({})).not.toThrow();
  const refuse = () => refuseSelector({ installationDisk: { value: { empty: true }, at } });
  expect(refuse).toThrow(ReportedError);
  expect(refuse).toThrow(/what the disk must be like/);
});
