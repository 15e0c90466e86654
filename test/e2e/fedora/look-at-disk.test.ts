import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Diagnostic } from '../../../scripts/diagnostic/index.ts';
import { lookAtDisk } from '../../../scripts/engines/netinst/look-at-disk.ts';
import { compareInstalled, installedDifferences, kernelArguments } from '../../../scripts/image/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { kickstartModel } from '../../engines/livemedia/fixtures.ts';
import type { TreeChanges } from '../../engines/livemedia/installed-tree.ts';
import { renderShipped } from '../../render/shipped.ts';
import { places } from '../image/phyllome.ts';
import { toolsTree } from '../lab/environment.ts';
import { installedDisk, installedTree, type Layout } from './installed-disk.ts';

const nano = renderShipped('nano', 'fedora-44');
const model = kickstartModel(nano.kickstart);

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(places.out, 'look-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function look(layout: Layout, changes: TreeChanges = {}, menu = kernelArguments(model).join(' ')) {
  installedTree(directory, nano, changes);
  const image = installedDisk(directory, layout, menu);
  const told: Diagnostic[] = [];
  const found = await lookAtDisk(image, nano, toolsTree(), {
    runner: new SystemRunner(),
    signal: new AbortController().signal,
    cacheDirectory: directory,
    warn: (diagnostics) => told.push(...diagnostics),
  });
  return { found, told };
}

test.each<Layout>(['ext4', 'xfs', 'btrfs'])(
  'what Anaconda made of a disk with %s is seen, as rpm and systemctl say',
  async (layout) => {
    const { found, told } = await look(layout);
    expect(told).toEqual([]);
    if (found === undefined) throw new Error('nobody looked');
    expect(installedDifferences(compareInstalled(model, found, { isDisk: true }))).toEqual([]);
    expect(found.loaders).toEqual(['bios', 'uefi']);
    expect(found.packages.find(({ name }) => name === 'bash')).toMatchObject({ version: '2.0-3.fc44' });
    expect(found.files.size).toBe(nano.map.files.length);
    expect(found.startedUnits.map(({ name }) => name)).toContain('phyllome-greeting.service');
  },
);

test('what is not as asked for is told', async () => {
  const { found } = await look('ext4', { 'etc/hostname': undefined, 'root/anaconda-ks.cfg': 'x' }, 'nosmt');
  if (found === undefined) throw new Error('nobody looked');
  const messages = installedDifferences(compareInstalled(model, found, { isDisk: true })).map((one) => one.message);
  expect(messages).toEqual(
    expect.arrayContaining([
      'host name: the kickstart asks for phyllome, and the image has none',
      'files about the installation: the kickstart asks for none, and the image has /root/anaconda-ks.cfg',
      expect.stringMatching(/^kernel arguments: .*, and the image has nosmt$/),
    ]),
  );
});

test('a disk that is encrypted is not looked into, and why is said', async () => {
  const { found, told } = await look('luks');
  expect(found).toBeUndefined();
  expect(told.map(({ message }) => message)).toEqual([
    'nobody looked at what Anaconda made of the disk: it is encrypted',
  ]);
});
