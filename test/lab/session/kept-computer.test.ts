import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keptComputer } from '../../../scripts/lab/index.ts';
import { type Command, RecordingRunner } from '../../../scripts/process/index.ts';

/** qemu-img makes its disk. */
class DiskMaker extends RecordingRunner {
  override run(command: Command) {
    writeFileSync(command.argv[command.argv.indexOf('qcow2') + 1] ?? '', 'a disk');
    return super.run(command);
  }
}

const means = (mayMake = true) => ({ runner: new DiskMaker(), toolsRoot: '/tools', mayMake });
const place = () => path.join(mkdtempSync(path.join(tmpdir(), 'computer-')), 'my-host');

test('a computer is made once, for its owner alone, and is the same later', async () => {
  const directory = place();
  const made = await keptComputer(directory, undefined, means());
  expect(made).toEqual({
    disk: path.join(directory, 'disk.qcow2'),
    firmware: 'uefi',
    platformState: path.join(directory, 'platform'),
  });
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  writeFileSync(made.disk, 'an installation');
  const later = means(false);
  expect(await keptComputer(directory, undefined, later)).toEqual(made);
  expect(await keptComputer(directory, 'uefi', later)).toEqual(made);
  expect(later.runner.commands).toEqual([]);
  expect(readFileSync(made.disk, 'utf8')).toBe('an installation');
});

test('the firmware that it was made with is the one that it has', async () => {
  const directory = place();
  await keptComputer(directory, 'secure-boot', means());
  expect((await keptComputer(directory, undefined, means())).firmware).toBe('secure-boot');
  await expect(keptComputer(directory, 'bios', means())).rejects.toThrow('it starts by secure-boot, not bios');
});

test('what was made by half is made anew', async () => {
  const directory = place();
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'disk.qcow2.new'), 'half');
  await expect(keptComputer(directory, undefined, means(false))).rejects.toThrow('there is no computer yet');
  const made = await keptComputer(directory, undefined, means());
  expect(existsSync(path.join(directory, 'disk.qcow2.new'))).toBe(false);
  expect(readFileSync(made.disk, 'utf8')).toBe('a disk');
});

test('nothing is made where there is nothing to install, and nothing else is taken for a computer', async () => {
  const directory = place();
  await expect(keptComputer(directory, undefined, means(false))).rejects.toMatchObject({ exitCode: 2 });
  expect(existsSync(directory)).toBe(false);
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'thesis.tex'), '');
  await expect(keptComputer(directory, undefined, means())).rejects.toThrow('it has thesis.tex');
  await expect(keptComputer(path.join(directory, 'thesis.tex'), undefined, means())).rejects.toThrow('it is a file');
});

test('one whose disk is gone, or whose firmware nobody knows any more, is told', async () => {
  const directory = place();
  const { disk } = await keptComputer(directory, undefined, means());
  writeFileSync(path.join(directory, 'computer.json'), '{"firm');
  await expect(keptComputer(directory, undefined, means())).rejects.toMatchObject({
    diagnostics: [{ code: 'broken-computer' }],
  });
  writeFileSync(path.join(directory, 'computer.json'), '{"firmware": "uefi"}');
  rmSync(disk);
  await expect(keptComputer(directory, undefined, means())).rejects.toThrow('its disk.qcow2 is gone');
});
