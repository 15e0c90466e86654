import { expect, test } from 'vitest';
import { EnvironmentError } from '../../../scripts/diagnostic/index.ts';
import { checkMachine } from '../../../scripts/engines/livemedia/check-machine.ts';
import { chooseRunner } from '../../../scripts/engines/livemedia/choose-runner.ts';
import type { MachineFacts } from '../../../scripts/engines/livemedia/machine-facts.ts';
import { builder, requestFor } from './fixtures.ts';

const request = { output: 'iso', release: '44' } as const;
const debian = { id: 'debian', release: '12', name: 'Debian GNU/Linux 12' };

function without(...names: string[]): MachineFacts {
  return { ...builder, programs: builder.programs.filter((name) => !names.includes(name)) };
}

test('a Fedora machine of the wanted release runs it itself', () => {
  expect(chooseRunner('auto', request, builder)).toMatchObject({ runner: { id: 'host' }, rejected: [] });
});

test('auto takes the first that can work and says why not those before', () => {
  const other = chooseRunner(
    'auto',
    { ...request, release: '43' },
    { ...builder, mockConfigurations: ['fedora-43-x86_64'] },
  );
  expect(other.runner.id).toBe('mock');
  expect(other.rejected.map(({ id, reasons }) => `${id}: ${reasons.join()}`)[0]).toContain(
    'host: this machine is Fedora 44',
  );

  const container = chooseRunner('auto', request, { ...without('mock'), distribution: debian });
  expect(container.runner.id).toBe('podman');
  expect(container.rejected.map(({ id }) => id)).toEqual(['host', 'mock']);
});

test.each<[string, MachineFacts, RegExp]>([
  ['no root', { ...builder, isRoot: false, groups: [] }, /run by root.*group mock.*rootful/s],
  ['no English locale', { ...without('mock', 'podman'), hasEnglish: false }, /en_US\.UTF-8.*glibc-langpack-en/s],
  ['no loop devices', { ...builder, hasLoopDevices: false }, /loop-control/],
  ['nothing installed', without(...builder.programs), /dnf install lorax lorax-lmc-novirt.*dnf install mock.*podman/s],
])('with %s it can run nowhere, and each runner says why', (_name, facts, reasons) => {
  try {
    chooseRunner('auto', request, facts);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    expect((error as EnvironmentError).diagnostics[0]?.hint).toMatch(reasons);
  }
});

test('a work directory in /tmp is refused by the host only', () => {
  const choice = chooseRunner('auto', request, { ...builder, worksInTmp: true });
  expect(choice.runner.id).toBe('mock');
});

test('a plan that is only printed needs no machine that could run it', () => {
  const choice = chooseRunner(
    'auto',
    request,
    { ...without(...builder.programs), distribution: debian },
    { unchecked: true },
  );
  expect(choice.runner.id).toBe('host');
  expect(choice.rejected).toHaveLength(3);
});

test('disk and memory are looked at before', () => {
  const { model } = requestFor();
  const judge = (facts: Partial<MachineFacts>) => checkMachine(model, 'iso', { ...builder, ...facts });
  expect(judge({})).toEqual([]);
  expect(judge({ freeBytes: 14 * 2 ** 30 }).map(({ severity }) => severity)).toEqual(['warning']);
  expect(judge({ memoryBytes: 3 * 2 ** 30 })[0]?.message).toContain('3.0 GiB of memory');
  expect(() => judge({ freeBytes: 5 * 2 ** 30 })).toThrow(EnvironmentError);
  expect(() => judge({ memoryBytes: 2 ** 30 })).toThrow('needs 2.0 GiB');
});
