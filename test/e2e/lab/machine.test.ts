import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Interrupted } from '../../../scripts/diagnostic/index.ts';
import { keptComputer, keptDiskGiB } from '../../../scripts/lab/index.ts';
import { type Machine, type MachineOptions, startMachine } from '../../../scripts/lab/machine/machine.ts';
import type { QmpEvent } from '../../../scripts/lab/machine/qmp.ts';
import type { Firmware } from '../../../scripts/lab/machine/topology.ts';
import { defaultTopology } from '../../../scripts/lab/topology/index.ts';
import { inToolsTree, SystemRunner } from '../../../scripts/process/index.ts';
import { processesWith, temporaryDirectory, toolsTree } from './environment.ts';

let runDir = '';
let isoFile = '';
beforeEach(async () => {
  runDir = await temporaryDirectory();
  isoFile = path.join(runDir, 'empty, with odd name.iso');
  await writeFile(isoFile, Buffer.alloc(1024 * 1024));
});
afterEach(() => rm(runDir, { recursive: true }));

const start = (change: Partial<MachineOptions> = {}, firmware: Firmware = 'bios') =>
  startMachine({
    topology: defaultTopology({ accelerator: 'tcg', firmware, imageFile: isoFile }),
    accelerator: 'tcg',
    toolsRoot: toolsTree(),
    runner: new SystemRunner(),
    runDir,
    credentials: ['io.systemd.credential:x=y'],
    onConsoleLine: () => {},
    ...change,
  });

/** Waits for what has to be gone by then. */
async function nothingRuns(): Promise<void> {
  for (let tries = 0; tries < 40 && (await processesWith(runDir)).length > 0; tries++) await sleep(50);
  expect(await processesWith(runDir)).toEqual([]);
}

describe('a machine', () => {
  test.each(['bios', 'uefi'] as const)(
    'with %s is made stopped, runs, is asked and ends, leaving only logs',
    async (firmware) => {
      const events: QmpEvent[] = [];
      const machine: Machine = await start({ onEvent: (event) => events.push(event) }, firmware);
      expect(await machine.qmp.execute('query-status')).toMatchObject({ status: 'prelaunch', running: false });
      await machine.powerOn();
      expect(await machine.qmp.execute('query-status')).toMatchObject({ status: 'running' });
      expect(await machine.bytesRead()).toBeGreaterThanOrEqual(0);
      await expect(machine.qmp.execute('no-such-command')).rejects.toMatchObject({ errorClass: 'CommandNotFound' });
      await machine.quit();
      await machine.quit();
      await nothingRuns();
      expect(events.map(({ event }) => event)).toContain('SHUTDOWN');
      expect((await readdir(runDir)).sort()).toEqual(['console.raw', path.basename(isoFile), 'qemu.log']);
    },
  );

  test('is gone when its signal is aborted, at once and later', async () => {
    const atOnce = AbortSignal.abort();
    await expect(start({ signal: atOnce })).rejects.toThrow(Interrupted);
    const later = new AbortController();
    const machine = await start({ signal: later.signal });
    await machine.powerOn();
    later.abort();
    await machine.ended;
    await machine.quit();
    await nothingRuns();
    expect(await readdir(runDir)).not.toContain('machine');
  });

  test('keeps what is written to a disk of its own, which no second one gets meanwhile', async () => {
    const runner = new SystemRunner();
    const { disk } = await keptComputer(path.join(runDir, 'my-host'), 'bios', {
      runner,
      toolsRoot: toolsTree(),
      mayMake: true,
    });
    const keptDisk = { file: disk, sizeMiB: keptDiskGiB * 1024 };
    const withDisk = (imageFile: string) => ({
      // QEMU has no TPM to talk to where nobody starts one.
      topology: { ...defaultTopology({ accelerator: 'tcg', firmware: 'bios', imageFile, keptDisk }), tpm: false },
    });
    // Its size is written into the file.
    const grow = (machine: Machine, node: string, gibibytes: number) =>
      machine.qmp.execute('block_resize', { 'node-name': node, size: gibibytes * 2 ** 30 });
    const size = async () => {
      const argv = ['qemu-img', 'info', '--output=json', disk];
      const { stdout } = await runner.run({ argv: inToolsTree(toolsTree(), argv, { read: [disk] }) });
      return (JSON.parse(stdout) as { 'virtual-size': number })['virtual-size'] / 2 ** 30;
    };
    expect(await size()).toBe(keptDiskGiB);
    const first = await start(withDisk(isoFile));
    await grow(first, 'disk0', 100);
    await expect(start(withDisk(disk))).rejects.toMatchObject({ diagnostics: [{ code: 'disk-in-use' }] });
    await first.quit();
    await nothingRuns();
    expect(await size()).toBe(100);
    const second = await start(withDisk(disk));
    await grow(second, 'medium', 101);
    await second.quit();
    await nothingRuns();
    expect(await size()).toBe(101);
  });

  test("that QEMU refuses is an error with QEMU's own words", async () => {
    const topology = {
      ...defaultTopology({ accelerator: 'tcg', firmware: 'bios', imageFile: isoFile }),
      cpu: 'no-such-cpu',
    };
    const refused = start({ topology });
    await expect(refused).rejects.toMatchObject({ diagnostics: [{ code: 'qemu-failed', hint: /no-such-cpu/ }] });
    await nothingRuns();
    expect(await readdir(runDir)).not.toContain('machine');
  });

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('does not outlive a program that ends by %s', async (signal) => {
    const program = spawn(process.execPath, [
      '--conditions=source',
      '--import',
      'tsx',
      path.join(import.meta.dirname, 'start-machine.ts'),
      runDir,
      isoFile,
    ]);
    const ended = once(program, 'exit').then(([code]) => {
      throw new Error(`the program ended with ${code} before its machine was on`);
    });
    await Promise.race([once(program.stdout, 'data'), ended]);
    ended.catch(() => {});
    expect((await processesWith(runDir)).length).toBeGreaterThan(1);
    program.kill(signal);
    await once(program, 'exit');
    await nothingRuns();
  });
});
