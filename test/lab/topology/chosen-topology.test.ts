import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run as list } from '../../../scripts/commands/list.ts';
import { chosenTopology } from '../../../scripts/lab/topology/chosen-topology.ts';
import { recordingContext, scratchDirectory } from '../../commands/recording-context.ts';

/** A directory of somebody's own, called `mine`, with these topologies. */
function ownDirectory(topologies: Readonly<Record<string, string>>): string {
  const root = path.join(scratchDirectory(), 'mine');
  mkdirSync(path.join(root, 'topologies'), { recursive: true });
  for (const [name, text] of Object.entries(topologies))
    writeFileSync(path.join(root, 'topologies', `${name}.yaml`), text);
  return root;
}

test("a topology of one's own is chosen by its name, and nothing is said", () => {
  const { context, warnings } = recordingContext([
    ownDirectory({ big: 'topology: big\nsummary: mine\nmemoryMiB: 8192\n' }),
  ]);
  expect(chosenTopology('big', context)).toMatchObject({ topology: 'big', memoryMiB: 8192 });
  expect(chosenTopology('uefi', context)).toMatchObject({ firmware: 'uefi' });
  expect(warnings).toEqual([]);
  expect(() => chosenTopology('bg', context)).toThrow('there is no topology `bg`');
});

test('one in a file of another ending is spoken of; by its path it is read', () => {
  const directory = ownDirectory({});
  const file = path.join(directory, 'topologies/big.yml');
  writeFileSync(file, 'topology: big\nsummary: mine\nmemoryMiB: 8192\n');
  const { context } = recordingContext([directory]);
  const thrown = (() => {
    try {
      return chosenTopology('big', context);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toMatchObject({
    diagnostics: [
      {
        message: 'there is no topology `big`',
        hint: '`mine/topologies/big.yml` is not read: its name must end in .yaml: big.yaml',
      },
    ],
  });
  expect(chosenTopology(file, context)).toMatchObject({ memoryMiB: 8192 });
});

test('one that has the name of a machine of the project is used, and that is told', () => {
  const { context, warnings } = recordingContext([ownDirectory({ usb: 'topology: usb\nsummary: mine\ntpm: true\n' })]);
  expect(chosenTopology('usb', context)).toMatchObject({ tpm: true });
  expect(warnings).toMatchObject([
    { code: 'topology-hidden', message: '`usb` is mine/topologies/usb.yaml, not scripts/lab/topologies/usb.yaml' },
  ]);
});

test('they are listed with the place of those that are not of the project', () => {
  const { context, output } = recordingContext([ownDirectory({ big: 'topology: big\nsummary: mine\n' })]);
  list({}, context);
  expect(output()).toMatch(/^Topologies: .*\n(?: {2}.*\n)* {2}big {2,}mine \(mine\/topologies\/big\.yaml\)$/m);
  expect(output()).toMatch(/^ {2}uefi {2,}the small server, started by UEFI$/m);
});
