import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { model, parse } from 'kickstart-parser';
import { describe, expect, test } from 'vitest';
import { sparseSum } from '../../../scripts/engines/direct/disk/disk-outputs.ts';
import { direct } from '../../../scripts/engines/direct/index.ts';
import { outputMakers } from '../../../scripts/engines/direct/output-makers.ts';
import { DIRECT_OUTPUTS, type DirectOutput, takesPartitions } from '../../../scripts/engines/direct/outputs.ts';
import { refuseOutputs } from '../../../scripts/engines/direct/refuse-outputs.ts';
import { isCached } from '../../../scripts/plan/plan.ts';
import { planOf } from './fixtures.ts';

const disk = ['part biosboot --fstype=biosboot', 'part / --size=2048', 'bootloader --location=mbr'];
const common = ['tools', 'index', 'resolve', 'root-tree', 'configure', 'package-files', 'initramfs'];

const ownStages = (lines: readonly string[], outputs?: readonly DirectOutput[]) => {
  const ids = planOf(lines, outputs).stages.map(({ id }) => id);
  expect(ids.slice(0, common.length)).toEqual(common);
  return ids.slice(common.length);
};

test('the engine is known to make what it can make', () => {
  expect(direct.outputs.map(({ id }) => id)).toEqual(DIRECT_OUTPUTS);
  expect(Object.keys(outputMakers)).toEqual(DIRECT_OUTPUTS);
});

test('without a word about it, a kickstart with partitions becomes a qcow2 disk and any other a live ISO', () => {
  expect(ownStages([])).toEqual(['squashfs', 'live-iso']);
  expect(ownStages(disk)).toEqual(['disk', 'disk-qcow2']);
});

test('what several outputs have in common is made once, and each has a stage of its own name', () => {
  expect(ownStages(disk, ['disk-raw', 'disk-qcow2'])).toEqual(['disk', 'disk-raw', 'disk-qcow2']);
  expect(ownStages(disk, ['disk-qcow2', 'disk-raw'])).toEqual(['disk', 'disk-qcow2', 'disk-raw']);
  expect(ownStages(disk, ['disk-raw'])).toEqual(['disk', 'disk-raw']);
});

describe.each(DIRECT_OUTPUTS)('%s', (output) => {
  const lines = takesPartitions[output] === 'never' ? [] : disk;

  test('leaves its checksums, and every file that is published of it is in a stage of its plan', () => {
    const stages = planOf(lines, [output]).stages;
    const last = stages.at(-1);
    expect(last?.id).toBe(output);
    expect(JSON.stringify(last?.steps.at(-1))).toMatch(/> (?:\\"\$0\/)?sums/);
    for (const { stage, name } of outputMakers[output].files('x')) {
      const maker = stages.find(({ id }) => id === stage);
      expect(JSON.stringify(maker?.steps)).toContain(name);
    }
  });

  test('is keyed by all that it is made of', () => {
    const stages = planOf(lines, [output]).stages.filter(isCached);
    const made = new Set(common);
    for (const stage of stages.slice(common.length)) {
      const text = JSON.stringify(stage.steps);
      const used = [...text.matchAll(/\$\{([a-z][a-z0-9-]*)\}/g)].map(([, id]) => id ?? '');
      // A file that a stage left stands for all that it was made of.
      const keyed = (id: string) => {
        const key = stages.find((one) => one.id === id)?.key;
        const files = key?.files.flatMap((file) => /^\$\{([a-z-]+)\}/.exec(file)?.[1] ?? []) ?? [];
        return [...(key?.stages ?? []), ...files];
      };
      const known = keyed(stage.id).flatMap((id) => [id, ...keyed(id)]);
      // The tools are renewed by hand; what is resolved is in the key of the root tree, as its file.
      for (const id of used)
        if (id !== stage.id && made.has(id) && !['tools', 'resolve'].includes(id))
          expect(known, stage.id).toContain(id);
      made.add(stage.id);
    }
  });
});

test.each([
  [
    'a live ISO of a disk',
    disk,
    'live-iso',
    'live-iso: a live image has no partitions, and the kickstart has `part biosboot`',
    1,
  ],
  [
    'a raw disk of a live image',
    ['part / --size=100'],
    'disk-raw',
    'and the only one is the root file system of a live image',
    1,
  ],
  [
    'a qcow2 of nothing',
    ['lang C.UTF-8'],
    'disk-qcow2',
    'disk-qcow2: a disk is made of the partitions of the kickstart, and it has none',
    undefined,
  ],
] as const)('%s is refused, at its line, with what to do', (_, lines, id, message, line) => {
  const kickstart = model(parse(`${lines.join('\n')}\n`), 'F44');
  const position = { line: 9, column: 1, offset: 0 };
  const at = { file: 'mine.yaml', start: position, end: position };
  const [typed, ...more] = refuseOutputs(kickstart, [{ id }]);
  expect(more).toEqual([]);
  expect(typed).toMatchObject({ code: 'output-of-other-kickstart', message: expect.stringContaining(message) });
  expect(typed?.hint).toMatch(/disk-image/);
  expect(typed?.span?.start.line).toBe(line);
  const [said] = refuseOutputs(kickstart, [{ id, at }]);
  expect(line === undefined ? said?.span : said?.related?.[0]?.span).toEqual(at);
});

test('what a kickstart can become is not refused', () => {
  const kickstart = (lines: readonly string[]) => model(parse(`${lines.join('\n')}\n`), 'F44');
  expect(refuseOutputs(kickstart(disk), [{ id: 'disk-raw' }, { id: 'disk-qcow2' }])).toEqual([]);
  expect(refuseOutputs(kickstart([]), [{ id: 'live-iso' }, { id: 'pxe' }, { id: 'oci' }])).toEqual([]);
  expect(refuseOutputs(kickstart(disk), [{ id: 'oci' }])).toEqual([]);
});

test.runIf(spawnSync('python3', ['--version']).status === 0)('the sum of a sparse disk is that of its bytes', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-sum-'));
  const file = path.join(directory, 'disk.raw');
  const sum = () => spawnSync('python3', ['-I', '-S', '-c', sparseSum, file], { encoding: 'utf8' }).stdout.trim();
  const wanted = () => createHash('sha256').update(readFileSync(file)).digest('hex');
  writeFileSync(file, 'begins');
  truncateSync(file, 5 * 2 ** 20 + 7);
  // It ends with a hole, and then with something.
  expect(sum()).toBe(wanted());
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(3 * 2 ** 20, 'x'), 0, 3 * 2 ** 20, 9 * 2 ** 20);
  closeSync(handle);
  expect(sum()).toBe(wanted());
  rmSync(directory, { recursive: true });
});
