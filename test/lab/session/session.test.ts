import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { attachKeyboard } from '../../../scripts/lab/session/attach-keyboard.ts';
import { frameLine, keysFrame, parseFrame } from '../../../scripts/lab/session/frames.ts';
import { announceSession, listSessions } from '../../../scripts/lab/session/registry.ts';
import { enterShell } from '../../../scripts/lab/session/shell-client.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'session-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('frames', () => {
  test('any bytes and any size come through', () => {
    const bytes = Buffer.from([0, 10, 13, 27, 0xc3, 255]);
    const back = parseFrame(frameLine(keysFrame(bytes)));
    expect(back && 'keys' in back && Buffer.from(back.keys, 'base64')).toEqual(bytes);
    expect(parseFrame(frameLine({ size: [132, 43], terminal: 'xterm-256color' }))).toEqual({
      size: [132, 43],
      terminal: 'xterm-256color',
    });
  });
  test.each(['', '{', '{}', '[]', '{"size":["a",2]}', '{"size":[1.5,2]}', 'null'])('%s is none', (line) => {
    expect(parseFrame(line)).toBeUndefined();
  });
  test('a terminal whose name is no name is left out', () => {
    expect(parseFrame('{"size":[80,24],"terminal":"x y; rm"}')).toEqual({ size: [80, 24] });
  });
});

describe('sessions', () => {
  const session = { title: 'nano by BIOS', directory: '/run/x' };
  test('are listed while their process lives', async () => {
    const takeBack = await announceSession(directory, { pid: process.pid, ...session });
    // No process has this number: the kernel's limit is 2^22.
    await announceSession(directory, { pid: 2 ** 23, ...session });
    await writeFile(path.join(directory, 'lab/sessions/half.json'), '{"pid":');
    expect(await listSessions(directory)).toEqual([{ pid: process.pid, ...session }]);
    await takeBack();
    expect(await listSessions(directory)).toEqual([]);
  });
  test('there are none where nothing ever ran', async () => {
    expect(await listSessions(path.join(directory, 'absent'))).toEqual([]);
  });
  test('one that is gone lets nobody in, and says so', async () => {
    const terminal = {
      input: new PassThrough() as unknown as NodeJS.ReadStream,
      output: new PassThrough() as unknown as NodeJS.WriteStream,
      kind: undefined,
    };
    for (const place of [directory, path.join(directory, 'absent')]) {
      const entering = enterShell({ pid: 1, title: 'nano', directory: place }, terminal);
      await expect(entering).rejects.toMatchObject({ diagnostics: [{ code: 'no-such-session' }] });
    }
  });
});

test('keys of a terminal go to the machine; Ctrl-] leaves, and the terminal is as it was', () => {
  const write = vi.fn();
  const onLeave = vi.fn();
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: vi.fn() });
  const detach = attachKeyboard(input as unknown as NodeJS.ReadStream, { write }, onLeave);
  input.emit('data', Buffer.from('ls\r'));
  input.emit('data', Buffer.from([0x1d]));
  detach();
  input.emit('data', Buffer.from('late'));
  expect(write.mock.calls).toEqual([[Buffer.from('ls\r')]]);
  expect(onLeave).toHaveBeenCalledOnce();
  expect(input.setRawMode.mock.calls).toEqual([[true], [false]]);
});
