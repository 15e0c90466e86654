import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Interrupted } from '../../../scripts/diagnostic/index.ts';
import { findAccelerator } from '../../../scripts/lab/accelerator/index.ts';
import type { LabRun } from '../../../scripts/lab/boot/lab-run.ts';
import { type MachineControl, machineControl } from '../../../scripts/lab/boot/machine-control.ts';
import { copyInto, enterShell } from '../../../scripts/lab/session/shell-client.ts';
import { serveShells } from '../../../scripts/lab/session/shell-server.ts';
import { resolveTopology } from '../../../scripts/lab/topology/index.ts';
import { SystemRunner } from '../../../scripts/process/index.ts';
import { testImage } from '../../../scripts/test-run/index.ts';
import { manifestWith } from '../../checks/context.ts';
import { machinesThatBoot } from './booted.ts';
import {
  crowded,
  processesWith,
  runDirectoryForEach,
  temporaryDirectory,
  testImageFile,
  toolsTree,
} from './environment.ts';

describe.skipIf(testImageFile === undefined)('an image that boots', () => {
  const imageFile = testImageFile ?? '';
  const runner = new SystemRunner();
  const booted = machinesThatBoot();
  let runDir = '';
  let run: LabRun;
  let machine: MachineControl;
  let emulated = false;

  beforeAll(async () => {
    runDir = await temporaryDirectory();
    const accelerator = crowded(
      await findAccelerator({ requested: 'auto', runner, toolsRoot: toolsTree(), cacheDir: runDir }),
    );
    const file = { topology: 'x', summary: 'x', disks: [{ bus: 'virtio', sizeMiB: 64 }], ports: [{}] } as const;
    const topology = resolveTopology(file, { accelerator: accelerator.chosen, imageFile });
    const common = { topology, accelerator, runner, runDir, toolsRoot: toolsTree(), snapshots: true };
    emulated = accelerator.chosen === 'tcg';
    run = await booted({ ...common, isHeld: true, onMilestone: () => {} });
    machine = machineControl(run, topology, { runDir, timeScale: accelerator.timeScale });
  });
  afterAll(async () => {
    await run?.end();
    expect(await processesWith(runDir)).toEqual([]);
    await rm(runDir, { recursive: true });
  });

  test('passes its milestones in order', () => {
    expect(run.milestones.passed.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['power-on', 'loader', 'kernel', 'agent', 'settled']),
    );
    const times = run.milestones.passed.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('runs programs and scripts as root, and tells how they ended', async () => {
    expect(await run.guest.run(['id', '-u'])).toEqual({ status: 0, stdout: '0\n', stderr: '' });
    expect(await run.guest.run('echo "$0 a  b" | wc -w; echo oops >&2; exit 3', { allowFailure: true })).toEqual({
      status: 3,
      stdout: '3\n',
      stderr: 'oops\n',
    });
    expect(await run.guest.run(['printf', '%s|', '$HOME %n', "it's", '*'])).toMatchObject({
      stdout: "$HOME %n|it's|*|",
    });
    expect(await run.guest.run('cat')).toMatchObject({ stdout: '' });
  });

  test('hands over every byte, and a lot of them', async () => {
    await run.guest.run('for i in {0..255}; do printf "\\\\x$(printf %02x $i)"; done >/run/bytes');
    expect([...(await run.guest.read('/run/bytes'))]).toEqual(Array.from({ length: 256 }, (_, value) => value));
    await run.guest.run('head -c 3000000 /dev/zero >/run/many');
    expect((await run.guest.read('/run/many')).length).toBe(3_000_000);
  });

  test('still answers while commands hang, and stops those in time', async () => {
    let over = 0;
    const hanging = [1, 2, 3].map(() =>
      run.guest
        .run('sleep 1000 & wait', { timeoutSeconds: 5 })
        .catch((error: unknown) => error)
        .finally(() => (over += 1)),
    );
    expect((await run.guest.run(['echo', 'alive'])).stdout).toBe('alive\n');
    expect(over).toBe(0);
    for (const ended of await Promise.all(hanging)) expect(ended).toMatchObject({ completed: { status: 124 } });
    expect((await run.guest.run('pgrep -fc "[s]leep 1000"', { allowFailure: true })).stdout.trim()).not.toMatch(
      /^[1-9]/,
    );
  });

  test('answers many requests at once, each its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        run.guest.run(`sleep 0.${n % 3}; head -c 20000 /dev/zero | tr '\\0' '${n % 10}'`),
      ),
    );
    answers.forEach((answer, n) => {
      expect(answer.stdout).toBe(String(n % 10).repeat(20_000));
    });
  });

  test('lets people in: a terminal of their own, with a size, job control and root', async () => {
    const directory = path.join(runDir, 'machine');
    const close = await serveShells(run, directory);
    const session = { pid: process.pid, title: 'nano', directory };
    const enter = async (keys: string, columns: number) => {
      const input = new PassThrough();
      const output = Object.assign(new PassThrough(), { columns, rows: 43 });
      let said = '';
      output.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
      input.write(keys);
      const terminal = { input, output, kind: 'xterm' } as unknown as Parameters<typeof enterShell>[1];
      await enterShell(session, terminal);
      return said;
    };
    const [one, other] = await Promise.all([
      enter('echo user-$(id -u) $(stty size) $TERM; tty; jobs -l && exit\r', 132),
      enter('stty size; exit\r', 91),
    ]);
    expect(one).toMatch(/user-0 43 132 xterm\r/);
    expect(one).toMatch(/\/dev\/hvc\d/);
    expect(one).not.toContain('no job control');
    expect(other).toMatch(/43 91\r/);
    expect(await enter('tty; exit\r', 80)).toMatch(/\/dev\/hvc0/);
    // Nothing of them stays in the guest.
    const ports = async () => (await run.guest.run('cat /sys/class/virtio-ports/*/name')).stdout;
    await expect.poll(ports, { timeout: 20_000 }).not.toContain('lab.shell');
    const file = path.join(runDir, "it's copied");
    const content = Buffer.from(Array.from({ length: 700_000 }, (_, index) => index % 253));
    await writeFile(file, content);
    await copyInto(session, file);
    expect((await run.guest.read("/root/it's copied")).equals(content)).toBe(true);
    await close('');
  }, 120_000);

  test('keeps guests that people start off what QEMU’s emulation does wrong', async () => {
    const { stdout } = await run.guest.run('systemctl show --property=AllowedCPUs --value machine.slice user.slice');
    expect(stdout.trim().split(/\s+/)).toEqual(emulated ? ['1', '1'] : ['']);
    if (emulated) await run.guest.waitFor('the guard', '[ "$(systemctl is-active phyllome-lab-guard)" != failed ]', 10);
  });

  test('tells about units and streams its journal', async () => {
    expect(await run.guest.unit('multi-user.target')).toMatchObject({ load: 'loaded', active: 'active' });
    expect(await run.guest.unit('no-such-thing.service')).toMatchObject({ load: 'not-found' });
    await run.guest.run(['systemd-cat', '-t', 'lab-test', 'echo', 'a line of the journal']);
    await expect
      .poll(() => readFile(path.join(runDir, 'journal.log'), 'utf8'), { timeout: 10_000 })
      .toMatch(/lab-test\[\d+\]: a line of the journal/);
    expect(await readFile(path.join(runDir, 'journal.log'), 'utf8')).toMatch(/kernel: Linux version /);
  });

  test('gets a device while it runs, and gives it back', async () => {
    const ids = async () => (await run.guest.run('cat /sys/bus/pci/devices/*/device')).stdout;
    expect(await ids()).not.toContain('0x11e8');
    const device = await machine.hotplug('edu');
    await expect.poll(ids, { timeout: 30_000 }).toContain('0x11e8');
    await device.unplug();
    await expect.poll(ids, { timeout: 30_000 }).not.toContain('0x11e8');
  });

  test('goes back to a state that was noted: memory, files and disks', async () => {
    const disk = '/dev/disk/by-id/virtio-disk0';
    const upSeconds = async () => Number((await run.guest.run('cut -d " " -f 1 /proc/uptime')).stdout);
    const clock = async () => (await run.guest.run(`cat /sys/devices/system/clocksource/*/current_clocksource`)).stdout;
    await run.guest.run(`echo before > ${disk}; sync`);
    const [noted, usual] = [await upSeconds(), await clock()];
    await machine.snapshot('noted');
    await run.guest.run(`touch /etc/changed; echo after > ${disk}; sync; systemctl stop systemd-logind.service`);
    await sleep(20_000);
    await machine.restore('noted');
    expect((await run.guest.run('ls /etc/changed', { allowFailure: true })).status).not.toBe(0);
    expect((await run.guest.run(`echo 1 > /proc/sys/vm/drop_caches; head -n 1 ${disk}`)).stdout).toBe('before\n');
    // Nor does its clock run ahead by what has been forgotten, which would set off the watchdogs of its services.
    expect((await upSeconds()) - noted).toBeLessThan(15);
    expect(await clock()).toBe(usual);
  });

  // An orderly restart is a scenario of every host.
  test('survives a power cut: what was on the disk stays, its journal goes on in the same log', async () => {
    const disk = '/dev/disk/by-id/virtio-disk0';
    await run.guest.run(`echo written > ${disk}; sync; touch /etc/changed`);
    const bootId = async () => (await run.guest.run(['cat', '/proc/sys/kernel/random/boot_id'])).stdout.trim();
    const first = await bootId();
    expect((await machine.powerCut()).map(({ id }) => id)).toEqual(expect.arrayContaining(['kernel', 'settled']));
    expect(await bootId()).not.toBe(first);
    expect((await run.guest.run(`head -n 1 ${disk}; ls /etc/changed 2>&1; true`)).stdout).toMatch(/^written\nls: /);
    const journal = () => readFile(path.join(runDir, 'journal.log'), 'utf8');
    await expect.poll(journal, { timeout: 10_000 }).toMatch(/-- Boot [0-9a-f]{32} --/);
    expect((await journal()).match(/kernel: Linux version /g)).toHaveLength(2);
  });
});

describe.skipIf(testImageFile === undefined)('a boot that is interrupted', () => {
  const directory = runDirectoryForEach();

  test('leaves nothing behind', async () => {
    const controller = new AbortController();
    const interrupted = testImage(
      { manifest: manifestWith(), file: testImageFile ?? '' },
      {
        hardware: { firmware: 'bios' },
        accel: 'auto',
        runner: new SystemRunner(),
        toolsRoot: toolsTree(),
        cacheDir: directory.path,
        runDir: directory.path,
      },
      {
        signal: controller.signal,
        onProgress: ({ stage, message }) => {
          if (stage === 'boot' && message.includes('kernel')) controller.abort();
        },
      },
    );
    await expect(interrupted).rejects.toThrow(Interrupted);
  });
});
