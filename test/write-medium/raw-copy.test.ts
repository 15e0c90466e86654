import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RecordingRunner } from '../../scripts/process/index.ts';
import { withRawCopy } from '../../scripts/write-medium/raw-copy.ts';
import { recordingContext } from '../commands/recording-context.ts';

test('a qcow2 is unpacked by the tools tree, and its copy is gone afterwards, also after a failure', async () => {
  const { context } = recordingContext();
  const runner = new RecordingRunner(({ argv }) => {
    writeFileSync(argv.at(-1) ?? '', 'raw');
    return {};
  });
  const copies: string[] = [];
  const copy = (work: () => Promise<string>) =>
    withRawCopy(
      '/out/x.qcow2',
      () => Promise.resolve('/tools'),
      { ...context, runner },
      (raw) => {
        copies.push(raw);
        expect(existsSync(raw)).toBe(true);
        return work();
      },
    );
  expect(await copy(async () => 'done')).toBe('done');
  await expect(copy(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(copies.map((file) => [path.basename(file), existsSync(file)])).toEqual([
    ['x.raw', false],
    ['x.raw', false],
  ]);
  const argv: readonly string[] = runner.commands[0]?.argv ?? [];
  expect(argv.slice(argv.indexOf('--') + 1)).toEqual([
    'qemu-img',
    'convert',
    '-f',
    'qcow2',
    '-O',
    'raw',
    '/out/x.qcow2',
    copies[0],
  ]);
  expect(argv.join(' ')).toContain('--ro-bind /tools/usr /usr');
});
