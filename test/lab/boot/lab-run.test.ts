import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabRun } from '../../../scripts/lab/boot/lab-run.ts';
import { Observation } from '../../../scripts/lab/boot/observation.ts';
import type { Machine } from '../../../scripts/lab/machine/machine.ts';
import { QmpClient } from '../../../scripts/lab/machine/qmp.ts';
import { onLines } from '../../../scripts/lab/machine/socket.ts';
import { Screen } from '../../../scripts/lab/screen/index.ts';
import type { Completed } from '../../../scripts/process/index.ts';
import { type ConnectedSockets, connectedSockets } from '../connected-sockets.ts';

let directory: string;
let qmp: ConnectedSockets;
let agent: ConnectedSockets;
let others: ConnectedSockets;
let observation: Observation;
let run: LabRun;
/** What QEMU was told and what happened to the machine, in order. */
let told: string[];
let end: (completed: Completed) => void;

/** A QEMU that does what it is told, and a machine around it. */
async function machineOf(): Promise<Machine> {
  onLines(qmp.theirs, (line) => {
    const { execute, arguments: options, id } = JSON.parse(line) as { execute: string; arguments: object; id: number };
    if (execute !== 'qmp_capabilities') told.push([execute, ...Object.values(options)].join(' '));
    qmp.theirs.write(`${JSON.stringify({ return: {}, id })}\n`);
  });
  qmp.theirs.write('{"QMP": {}}\n');
  return {
    argv: [],
    qmp: await QmpClient.open(qmp.ours, (event) => observation.qmpEvent(event)),
    console: others.ours,
    agentPort: agent.ours,
    journalPort: others.theirs,
    ended: new Promise((resolve) => {
      end = resolve;
    }),
    bytesRead: async () => 0,
    bytesWritten: async () => 0,
    powerOn: async () => void told.push('power on'),
    endConsoleLine: () => void told.push('line ends'),
    powerdown: async () => {},
    quit: async () => void told.push('quit'),
  };
}

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'phyllome-lab-run-'));
  [qmp, agent, others] = await Promise.all([connectedSockets(), connectedSockets(), connectedSockets()]);
  told = [];
  observation = new Observation({ runDir: directory, timeScale: 1, onMilestone: ({ id }) => void told.push(id) });
  const machine = await machineOf();
  run = new LabRun(machine, new Screen({ write: () => {}, elapsedMs: () => 0 }), observation, 1);
  await run.powerOn();
});
afterEach(async () => {
  await run.end();
  await Promise.all([qmp.close(), agent.close(), others.close()]);
  await rm(directory, { recursive: true });
});

const hello = () => agent.theirs.write('hello 1234\n');
const reset = async () => void qmp.theirs.write('{"event": "RESET"}\n');

test('a restart: resets are let through, the next boot is looked at anew, and resets are failures once it is up', async () => {
  hello();
  await run.hello;
  const asked = run.guest.run('sleep 1000').catch((error: Error) => error.message);
  await run.restart(async () => {
    told.push('asked to restart');
    await reset();
  }, 10);
  expect(told).toEqual([
    'power-on',
    'power on',
    'agent',
    'set-action reset',
    'asked to restart',
    'line ends',
    'power-on',
  ]);
  expect(run.milestones.passed.map(({ id }) => id)).toEqual(['power-on']);
  expect(await asked).toBe('the guest was restarted before the agent answered');
  hello();
  await run.hello;
  await expect.poll(() => told.slice(-2)).toEqual(['agent', 'set-action shutdown']);
  expect(run.milestones.last).toBe('agent');
});

test('a restart is noticed when it happens, whether or not the agent answered before it was stopped', async () => {
  hello();
  await run.hello;
  let answered = false;
  await run.restart(async () => {
    await reset();
    await run.guest.run('systemctl reboot', { timeoutSeconds: 1000 }).catch(() => {});
    answered = true;
  }, 10);
  expect([answered, run.milestones.passed.map(({ id }) => id)]).toEqual([false, ['power-on']]);
  await expect.poll(() => answered).toBe(true);
});

test('what cannot be asked is no restart', async () => {
  await expect(run.restart(() => Promise.reject(new Error('no')), 10)).rejects.toThrow('no');
});

test('a guest that does not restart in time has failed', async () => {
  await expect(run.restart(async () => {}, 0.05)).rejects.toMatchObject({
    code: 'no-restart',
    message: 'the guest did not restart within 0 s',
  });
});

test('a machine that ends while it is to restart is told as what it is, to whoever has waited since the first boot', async () => {
  const waiting = run.failed.catch(({ code }: { readonly code: string }) => code);
  const restart = run.restart(async () => {
    end({ exitCode: 1, signal: null, stdout: '', stderr: 'qemu: fault\n', timedOut: false, durationMs: 1 });
  }, 10);
  await expect(restart).rejects.toMatchObject({ code: 'machine-ended', details: ['qemu: fault'] });
  expect(await waiting).toBe('machine-ended');
});

test('a failure that was known before a restart stays one', async () => {
  end({ exitCode: 1, signal: null, stdout: '', stderr: '', timedOut: false, durationMs: 1 });
  await expect(run.failed).rejects.toMatchObject({ code: 'machine-ended' });
  await expect(run.restart(reset, 10)).rejects.toMatchObject({ code: 'machine-ended' });
});

test('requests to a machine that was put back to an earlier state are given up', async () => {
  hello();
  await run.hello;
  const asked = run.guest.run('sleep 1000').catch((error: Error) => error.message);
  run.forgetRequests();
  expect(await asked).toBe('the machine was put back to an earlier state');
});

test('the journal port is listened to', async () => {
  const entry = { MESSAGE: 'boom', PRIORITY: '3', _BOOT_ID: 'a', UNIT: 'x.service' };
  others.ours.write(`${JSON.stringify(entry)}\n`);
  await expect.poll(() => run.journalErrors.map(({ message }) => message)).toEqual(['boom']);
  expect([...run.unitEntries.keys()]).toEqual(['x.service']);
});
