/** What decides a check's answer at its edges; the usual cases are the examples beside. */
import { expect, test } from 'vitest';
import { disabledUnitsNotRunning } from '../../scripts/checks/disabled-units-not-running.ts';
import { doctor } from '../../scripts/checks/doctor.ts';
import { enabledUnits } from '../../scripts/checks/enabled-units.ts';
import { untilStill } from '../../scripts/checks/idle-memory.ts';
import { kvmNested } from '../../scripts/checks/kvm-nested.ts';
import { parseListening } from '../../scripts/checks/listening-sockets.ts';
import { decidingPreset, parsePresetLines } from '../../scripts/checks/preset.ts';
import { reachedMultiUser } from '../../scripts/checks/reached-multi-user.ts';
import { runningServices } from '../../scripts/checks/running-services.ts';
import { contextThat, unit } from './context.ts';

test('a disabled unit that runs is found by any of several patterns; a pattern is no unit to ask about', async () => {
  const units = [unit('a@.service', 'disable'), unit('cups*', 'mask'), unit('one.service', 'disable')];
  const asked: string[] = [];
  const context = contextThat(
    (script) => {
      asked.push(script);
      return script.includes('show') ? 'ActiveState=inactive' : 'cups.socket  loaded active listening C\n';
    },
    { units },
  );
  expect(await disabledUnitsNotRunning.run(context)).toMatchObject({
    status: 'failed',
    summary: 'running: cups.socket',
    evidence: [expect.stringContaining('one.service: ')],
    values: { running: ['cups.socket'] },
  });
  expect(asked[0]).toMatch(/ -- one\.service$/);
});

test('one of several enabled units that was never started has its preset looked for', async () => {
  const states = 'LoadState=loaded\nActiveState=active\n\nLoadState=loaded\nActiveState=inactive';
  const context = contextThat(
    (script) => (script.includes('.preset') ? '/etc/systemd/system-preset/00-a.preset:2:disable b*\n' : states),
    { units: [unit('a.service', 'enable'), unit('b.service', 'enable')] },
  );
  expect(await enabledUnits.run(context)).toMatchObject({
    status: 'failed',
    summary: 'not: b.service (it was never started: /etc/systemd/system-preset/00-a.preset:2 disables it)',
  });
});

test('a system that is not well ends the question with a status, and is asked all the same', async () => {
  const context = contextThat((script) => {
    if (script.includes('is-system-running')) return { status: 1, stderr: '' };
    return script.endsWith('-- multi-user.target') ? 'ActiveState=active' : 'ActiveState=inactive';
  });
  expect(await reachedMultiUser.run(context)).toMatchObject({
    status: 'passed',
    evidence: ['multi-user.target: active', 'system: '],
  });
});

test('a doctor that says nothing of use is an unanswered question, with what it said', async () => {
  const context = contextThat((script) => {
    expect(script).toBe('phyllome-doctor --json');
    return { status: 1, stderr: 'no such check' };
  });
  await expect(doctor.run(context)).rejects.toThrow('phyllome-doctor --json exited with status 1: no such check');
});

test('a module nests when its parameter is 1 or Y, and nothing else', async () => {
  const ask = (line: string) => kvmNested.run(contextThat(() => `device 660 root:kvm\n${line}\n`));
  expect(await ask('kvm_amd 10')).toMatchObject({ status: 'failed', summary: 'nesting is off: kvm_amd 10' });
  expect(await ask('not kvm_amd 1')).toMatchObject({ status: 'failed' });
});

test('services are counted without a budget, too, and it is then not among the values', async () => {
  const { values } = await runningServices.run(contextThat(() => '  a.service   loaded active running A\n'));
  expect(values).toStrictEqual({ count: 1, services: ['a.service'] });
});

const socket = (number: string, address: string) =>
  `/proc/net/tcp6:  ${number}: ${address}:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000   991        0 4936 1`;

test('only whole addresses of this machine are its own', () => {
  const v6 = '00000000000000000000000001000000';
  expect(parseListening(socket('12', v6))).toEqual({ protocol: 'tcp', port: 22, loopback: true, uid: 991 });
  expect(parseListening(socket('0', `AA${v6}`))?.loopback).toBe(false);
  expect(parseListening(socket('0', `${v6}AA`))?.loopback).toBe(false);
  expect(parseListening(`x ${socket('0', v6)}`)).toBeUndefined();
});

test('presets count in the order of their files’ names, whatever their directories, lines in their own', () => {
  const lines = parsePresetLines(
    [
      '/etc/systemd/system-preset/90-z.preset:10:enable  a.service',
      '/run/systemd/system-preset/10-a.preset:1:enable b.service',
      '/usr/lib/systemd/system-preset/50-m.preset:1:disable a.service',
      '/usr/lib/systemd/system-preset/50-m.preset:2:enable a.service',
      'noise /usr/lib/x.preset:3:enabled a.service',
    ].join('\n'),
  );
  expect(lines.map(({ place }) => place.replace(/.*\//, ''))).toEqual([
    ...['10-a.preset:1', '50-m.preset:1', '50-m.preset:2', '90-z.preset:10'],
  ]);
  expect(decidingPreset('a.service', lines)).toMatchObject({ verb: 'disable' });
});

test('memory is looked at every five seconds until it stands still, or three minutes have passed', async () => {
  const run = async (start: number, looks: readonly number[]) => {
    let seconds = start;
    const waits: number[] = [];
    let count = 0;
    const look = async () => looks[Math.min(count++, looks.length - 1)] ?? 0;
    const wait = async (time: number) => {
      waits.push(time);
      seconds += time;
    };
    await untilStill(look, () => seconds, wait);
    return { waits, count };
  };
  expect(await run(180, [1])).toEqual({ waits: [], count: 0 });
  expect(await run(10, [100, 90, 90.2])).toEqual({ waits: [5, 5], count: 3 });
  expect(await run(10, [100, 99.75, 99.6])).toEqual({ waits: [5, 5], count: 3 });
  expect(await run(172, [1, 2, 3, 4])).toEqual({ waits: [5, 3], count: 3 });
});
