import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LabRun } from '../../../scripts/lab/boot/lab-run.ts';
import { tellGone } from '../../../scripts/lab/session/gone.ts';
import { holdOpen } from '../../../scripts/lab/session/hold.ts';
import type { Inside } from '../../../scripts/lab/session/plug-port.ts';
import { copyInto, enterShell } from '../../../scripts/lab/session/shell-client.ts';
import { serveShells } from '../../../scripts/lab/session/shell-server.ts';

let directory = '';
let machine = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'door-'));
  machine = path.join(directory, 'machine');
  await mkdir(machine);
});
afterEach(() => rm(directory, { recursive: true }));

interface End {
  readonly isOrderly: boolean;
  readonly message: string;
  readonly details: readonly string[];
}
const crash: End = { isOrderly: false, message: 'QEMU was killed by SIGABRT', details: ['assertion failed'] };

/** A machine with a guest whose shell says what it is told to, and takes what is copied. */
function standIn() {
  const ports = new Map<string, Socket>();
  const names = new Set<string>();
  let endShell: (result: { status: number } | Error) => void = () => {};
  let die: (end: End) => void = () => {};
  const received: Buffer[] = [];
  const scripts: string[] = [];
  const ok = { status: 0, stdout: '', stderr: '' };
  const run = {
    howItEnded: new Promise<End>((resolve) => {
      die = resolve;
    }),
    lastLines: ['login:'],
    allowRestarts: async () => void scripts.push('restarts'),
    machine: {
      qmp: {
        execute: async (command: string, options: Record<string, string>) => {
          const id = options.id ?? '';
          if (command === 'chardev-add') ports.set(id, connect(path.join(machine, id)));
          if (command === 'device_add') names.add(options.name ?? '');
          if (command === 'device_del') names.delete(`org.phyllome.lab.${id}`);
          return {};
        },
      },
    },
    guest: {
      run: async (command: string | readonly string[]) => {
        const script = [command].flat().join(' ');
        scripts.push(script);
        if (script.includes('/sys/class/virtio-ports')) return { ...ok, stdout: [...names].join('\n') };
        if (script.startsWith('systemd-run')) {
          [...ports.values()].at(-1)?.write('# ');
          const ended = await new Promise<{ status: number } | Error>((resolve) => {
            endShell = resolve;
          });
          if (ended instanceof Error) throw ended;
          return { ...ok, ...ended };
        }
        const bytes = Number(/^head -c (\d+)/m.exec(script)?.[1] ?? Number.NaN);
        const from = [...ports.values()].at(-1);
        if (Number.isNaN(bytes) || from === undefined) return ok;
        while (Buffer.concat(received).length < bytes) {
          received.push(await new Promise<Buffer>((resolve) => from.once('data', resolve)));
        }
        return ok;
      },
    },
  };
  return {
    inside: run as unknown as Inside,
    run: run as unknown as LabRun,
    end: (result: { status: number } | Error) => endShell(result),
    die: (end: End) => die(end),
    taken: () => Buffer.concat(received),
    scripts,
    port: () => [...ports.values()].at(-1),
  };
}

function terminalOf(isTTY = true) {
  const said: string[] = [];
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: vi.fn() });
  const output = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  output.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  const terminal = { input, output, kind: 'vt220' } as unknown as Parameters<typeof enterShell>[1];
  return { terminal, input, text: () => said.join('') };
}

const session = () => ({ pid: process.pid, title: 'nano by BIOS', directory: machine });
const seen = (what: () => string, words: string | RegExp) =>
  vi.waitFor(() => expect(what()).toMatch(words), { timeout: 10_000 });

describe('a shell', () => {
  test('passes Ctrl-] on and tells of it; pressed twice it leaves without an error', async () => {
    const { inside, port } = standIn();
    const close = await serveShells(inside, machine);
    const { terminal, input, text } = terminalOf();
    const entered = enterShell(session(), terminal);
    await seen(text, '# ');
    const key = new Promise<Buffer>((resolve) => port()?.once('data', resolve));
    input.write(Buffer.from([0x1d]));
    expect([...(await key)]).toEqual([0x1d]);
    await seen(text, 'Ctrl-] once more leaves the shell');
    input.write(Buffer.from([0x1d]));
    await entered;
    await close('');
  });
  test('that ends by itself ends without a word, and its keys reached the guest', async () => {
    const { inside, end, port } = standIn();
    const close = await serveShells(inside, machine);
    const { terminal, input, text } = terminalOf();
    const entered = enterShell(session(), terminal);
    await seen(text, '# ');
    const keys = new Promise<string>((resolve) => port()?.once('data', (bytes: Buffer) => resolve(bytes.toString())));
    input.write('exit\r');
    expect(await keys).toBe('exit\r');
    end({ status: 0 });
    await entered;
    expect(text()).toBe('# ');
    await close('');
  });

  test.each([
    ['the machine died', crash, 'QEMU was killed by SIGABRT'],
    ['the guest restarted', undefined, 'the guest restarts'],
  ])('beneath which %s says so, and keeps the terminal until somebody has seen it', async (_, end, words) => {
    const stand = standIn();
    const close = await serveShells(stand.inside, machine);
    const { terminal, input, text } = terminalOf();
    let isOver = false;
    const entered = enterShell(session(), terminal).finally(() => {
      isOver = true;
    });
    entered.catch(() => {});
    await seen(text, '# ');
    stand.end(new Error('the guest restarts'));
    if (end) stand.die(end);
    await seen(text, 'back on your own computer');
    expect(text()).toContain(words);
    // What was meant for the guest, its Enter included, goes nowhere.
    input.write('rm -rf /srv\r');
    await vi.waitFor(() => expect(text().match(/back on your own computer/g)).toHaveLength(2));
    expect(isOver).toBe(false);
    input.write('\r');
    await expect(entered).rejects.toMatchObject({ diagnostics: [{ code: 'machine-gone' }] });
    expect(input.setRawMode.mock.lastCall).toEqual([false]);
    await close('');
  });

  test('into a machine that is turned off is told so, and no longer than that', async () => {
    const { inside } = standIn();
    const close = await serveShells(inside, machine);
    const { terminal, text } = terminalOf(false);
    const entered = enterShell(session(), terminal);
    entered.catch(() => {});
    await seen(text, '# ');
    await close('nano by BIOS was turned off');
    await expect(entered).rejects.toMatchObject({ diagnostics: [{ message: 'nano by BIOS was turned off' }] });
  });
});

test('a shell whose holder was killed is told from one that ended', async () => {
  const server = createServer((client) => client.once('data', () => client.destroy()));
  await new Promise<void>((resolve) => server.listen(path.join(machine, 'door'), resolve));
  const entered = enterShell(session(), terminalOf(false).terminal);
  await expect(entered).rejects.toMatchObject({
    diagnostics: [{ message: 'nano by BIOS is gone: whoever held it has ended' }],
  });
  server.close();
});

describe('a machine that is held', () => {
  const hold = (run: LabRun, until = new AbortController().signal) =>
    holdOpen(run, { runDir: directory, cacheDir: directory, title: 'nano by BIOS', until });

  test('and dies is reported: how, last words, console and log; its guest may restart', async () => {
    const { run, die, scripts } = standIn();
    const held = hold(run);
    held.catch(() => {});
    await vi.waitFor(() => expect(scripts).toContain('restarts'));
    die(crash);
    await expect(held).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'machine-gone',
          message: 'nano by BIOS is gone: QEMU was killed by SIGABRT',
          hint: `assertion failed\nlast lines of the console:\n  login:\nlog: ${directory}/qemu.log`,
        },
      ],
    });
  });

  test('and is turned off, by its guest or by whoever holds it, is no error', async () => {
    const { run, die } = standIn();
    die({ isOrderly: true, message: 'the guest turned itself off', details: [] });
    await hold(run);
    await hold(standIn().run, AbortSignal.abort());
  });
});

describe('a file', () => {
  test('is copied whole, whatever is in it', async () => {
    const stand = standIn();
    const close = await serveShells(stand.inside, machine);
    const file = path.join(directory, "it's a file.iso");
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    await writeFile(file, content);
    await copyInto(session(), file);
    expect(stand.taken().equals(content)).toBe(true);
    expect(stand.scripts.join('\n')).toContain(`'/root/it'\\''s a file.iso'`);
    await close('');
  });

  test('that comes before the guest’s port is there waits for it, and not once for each piece', async () => {
    const warned: string[] = [];
    const hear = ({ name }: Error) => void warned.push(name);
    process.on('warning', hear);
    const { inside, taken } = standIn();
    const { qmp } = inside.machine;
    const plug = qmp.execute.bind(qmp);
    // Long enough for much of the file to come before there is anywhere to put it.
    qmp.execute = async (...command) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return plug(...command);
    };
    const close = await serveShells(inside, machine);
    const file = path.join(directory, 'large');
    const bytes = Buffer.alloc(8 * 2 ** 20, 'phyllome');
    await writeFile(file, bytes);
    await copyInto(session(), file);
    expect(taken().equals(bytes)).toBe(true);
    await close('');
    await new Promise(setImmediate);
    process.off('warning', hear);
    expect(warned).toEqual([]);
  });
  test('that is none, or is a directory, is refused before anything is asked', async () => {
    await expect(copyInto(session(), '/nonexistent')).rejects.toThrow('there is no such file');
    await expect(copyInto(session(), directory)).rejects.toThrow('this is no file');
  });
});

test('where nobody sits at a terminal nothing is waited for', async () => {
  const { terminal, text } = terminalOf(false);
  await tellGone('it is gone', terminal);
  expect(text()).toBe('');
});
