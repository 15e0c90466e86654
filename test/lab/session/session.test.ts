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

/** A terminal, what of its keys reaches the machine, and how often it asked and left. */
function keyboard(isTTY: boolean) {
  const passed: number[] = [];
  const leaving = { onAsk: vi.fn(), onLeave: vi.fn() };
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: vi.fn() });
  const write = (bytes: Buffer | string) => passed.push(...Buffer.from(bytes)) > 0;
  const detach = attachKeyboard(input as unknown as NodeJS.ReadStream, { write }, leaving);
  const press = (...keys: number[]) => void input.emit('data', Buffer.from(keys));
  return { input, passed, ...leaving, detach, press };
}

const CTRL = 0x1d;

describe('keys of a terminal go to the machine', () => {
  test('Ctrl-] too, which leaves `virsh console` in there; pressed twice in a row it leaves, and the terminal is as it was', () => {
    const { input, passed, onAsk, onLeave, detach, press } = keyboard(true);
    press(108, 115, 13);
    press(CTRL);
    expect([onAsk.mock.calls.length, onLeave.mock.calls.length]).toEqual([1, 0]);
    press(108);
    press(CTRL);
    expect([onAsk.mock.calls.length, onLeave.mock.calls.length]).toEqual([2, 0]);
    press(CTRL);
    expect([onAsk.mock.calls.length, onLeave.mock.calls.length]).toEqual([2, 1]);
    expect(passed).toEqual([108, 115, 13, CTRL, 108, CTRL]);
    detach();
    press(120);
    expect(passed).not.toContain(120);
    expect(input.setRawMode.mock.calls).toEqual([[true], [false]]);
  });

  test('both in one go leave, and what was typed before them arrives', () => {
    const { passed, onAsk, onLeave, press } = keyboard(true);
    press(97, CTRL, CTRL, 98);
    expect(passed).toEqual([97, CTRL]);
    expect([onAsk.mock.calls.length, onLeave.mock.calls.length]).toEqual([0, 1]);
  });

  test('what is piped in may hold any byte', () => {
    const { passed, onAsk, onLeave, press } = keyboard(false);
    press(CTRL, CTRL);
    expect(passed).toEqual([CTRL, CTRL]);
    expect([onAsk.mock.calls.length, onLeave.mock.calls.length]).toEqual([0, 0]);
  });
});
