import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../scripts/diagnostic/index.ts';
import { lookAtDisk } from '../../../scripts/engines/netinst/look-at-disk.ts';
import { type Command, CommandFailed, RecordingRunner, type Runner } from '../../../scripts/process/index.ts';
import { scratchDirectory } from '../../commands/recording-context.ts';

/** Looks at a qcow2 file by programs that end like that. */
async function look(failure: (command: Command) => Error) {
  const directory = scratchDirectory();
  const image = path.join(directory, 'disk.qcow2');
  writeFileSync(image, Buffer.from('514649fb00000003', 'hex'));
  const quiet = new RecordingRunner();
  const runner: Runner = {
    run: (command) => (command.argv.includes('qemu-img') ? Promise.reject(failure(command)) : quiet.run(command)),
    start: () => {
      throw new Error('nothing is started');
    },
  };
  const told: Diagnostic[] = [];
  const found = await lookAtDisk(image, { kickstart: '', map: { files: [] } as never }, '/tools', {
    runner,
    signal: new AbortController().signal,
    cacheDirectory: directory,
    warn: (diagnostics) => told.push(...diagnostics),
  });
  return { found, messages: told.map(({ message }) => message) };
}

const nobody = 'nobody looked at what Anaconda made of the disk: ';

test('what has been installed for hours is not lost where the disk is full or a program fails', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(await look(() => full)).toEqual({ found: undefined, messages: [`${nobody}${full.message}`] });
  const completed = {
    exitCode: 1,
    stdout: '',
    stderr: 'x\nqemu-img: Image is corrupt\n',
    timedOut: false,
    durationMs: 1,
  };
  expect((await look((command) => new CommandFailed(command, completed as never))).messages).toEqual([
    expect.stringMatching(/ exited with status 1: qemu-img: Image is corrupt$/),
  ]);
});

test('anything else is a fault of ours, and is shown as one', async () => {
  await expect(look(() => new TypeError('x is not a function'))).rejects.toThrow('x is not a function');
});
