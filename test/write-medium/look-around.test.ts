import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RecordingRunner } from '../../scripts/process/index.ts';
import { cardsIn, lookAround } from '../../scripts/write-medium/look-around.ts';
import { openTrouble } from '../../scripts/write-medium/medium.ts';
import { scratchDirectory } from '../commands/recording-context.ts';

test('of what is in slots for cards those of type SD come out', () => {
  const directory = scratchDirectory();
  for (const [name, type] of [
    ['mmcblk0', 'SD\n'],
    ['mmcblk1', 'MMC\n'],
    ['sda', 'SD\n'],
    ['mmcblk2', undefined],
  ] as const) {
    mkdirSync(path.join(directory, name, 'device'), { recursive: true });
    if (type !== undefined) writeFileSync(path.join(directory, name, 'device/type'), type);
  }
  expect([...cardsIn(directory)]).toEqual(['mmcblk0']);
  expect([...cardsIn(path.join(directory, 'not-there'))]).toEqual([]);
});

test('what must stay is known by the directory that it lies in, also where it is a link or not there yet', async () => {
  const directory = scratchDirectory();
  mkdirSync(path.join(directory, 'real'));
  symlinkSync('real', path.join(directory, 'link'));
  const runner = new RecordingRunner(() => ({ stdout: '{"blockdevices": []}' }));
  const { kept, devices, uses } = await lookAround(runner, [path.join(directory, 'link/not/there')]);
  expect(kept).toContain(path.join(directory, 'real/not/there'));
  expect(kept[0]).toBe('/');
  expect(devices).toEqual([]);
  expect(uses.mounts.map(({ at }) => at)).toContain('/');
});

test.each([
  ['EACCES', 3, '/dev/sdb: this user may not write to it'],
  ['EBUSY', 1, '/dev/sdb: something else has it: a mount in a container, a RAID, a file system over several disks'],
  ['EROFS', 1, '/dev/sdb: it can only be read'],
  ['ENOMEDIUM', 1, '/dev/sdb: there is nothing in it'],
])('a disk that does not open with %s ends with %i', (code, exitCode, message) => {
  const trouble = openTrouble(Object.assign(new Error(code), { code }), '/dev/sdb', 'sudo me');
  expect(trouble).toMatchObject({ exitCode, message });
});

test('who may not is told the command that may, and what nobody expects stays a bug', () => {
  const denied = openTrouble(Object.assign(new Error('x'), { code: 'EACCES' }), '/dev/sdb', 'sudo me');
  expect(denied).toMatchObject({ diagnostics: [{ hint: expect.stringMatching(/\nsudo me$/) }] });
  const bug = new Error('x');
  expect(openTrouble(bug, '/dev/sdb', 'sudo me')).toBe(bug);
});
