import { describe, expect, test } from 'vitest';
import { disabledUnitsNotRunning } from '../../scripts/checks/disabled-units-not-running.ts';
import { enabledUnits } from '../../scripts/checks/enabled-units.ts';
import { kernelArguments } from '../../scripts/checks/kernel-arguments.ts';
import { noFailedUnits } from '../../scripts/checks/no-failed-units.ts';
import { reachedMultiUser } from '../../scripts/checks/reached-multi-user.ts';
import { runningServices } from '../../scripts/checks/running-services.ts';
import { contextThat, unit } from './context.ts';

describe('reached-multi-user', () => {
  const ask = (target: string, system: string) =>
    reachedMultiUser.run(contextThat((script) => (script.includes('show') ? `ActiveState=${target}` : system)));

  test('an active target passes, also of a degraded system', async () => {
    expect(await ask('active', 'degraded')).toMatchObject({ status: 'passed' });
  });
  test('an inactive target or a system that is still starting fails', async () => {
    expect(await ask('inactive', 'running')).toMatchObject({
      status: 'failed',
      summary: 'multi-user.target is inactive',
    });
    expect(await ask('active', 'starting')).toMatchObject({ status: 'failed' });
  });
});

describe('no-failed-units', () => {
  test('none passes', async () => {
    expect(await noFailedUnits.run(contextThat(() => ''))).toMatchObject({ status: 'passed' });
  });
  test('failed ones are named, with their journal as evidence', async () => {
    const answers = (script: string) =>
      script.includes('--failed') ? 'a.service loaded failed failed A\n' : '== a.service\nboom\n';
    expect(await noFailedUnits.run(contextThat(answers))).toMatchObject({
      status: 'failed',
      summary: 'failed: a.service',
      evidence: ['== a.service', 'boom'],
    });
  });
});

describe('kernel-arguments', () => {
  const ask = (commandLine: string) =>
    kernelArguments.run(contextThat(() => `${commandLine}\n`, { kernelArguments: ['intel_iommu=on', 'iommu=pt'] }));

  test('each one once passes, in any company', async () => {
    expect(await ask('BOOT_IMAGE=/x iommu=pt quiet intel_iommu=on')).toMatchObject({ status: 'passed' });
  });
  test('missing, doubled and merely similar ones fail', async () => {
    expect(await ask('iommu=pt')).toMatchObject({ status: 'failed', summary: 'intel_iommu=on is there 0 times' });
    expect(await ask('intel_iommu=on iommu=pt iommu=pt')).toMatchObject({ summary: 'iommu=pt is there 2 times' });
    expect(await ask('intel_iommu=on,sm_on iommu=pt')).toMatchObject({ status: 'failed' });
  });
});

describe('enabled-units', () => {
  const ask = (properties: string) =>
    enabledUnits.run(
      contextThat(() => properties, { units: [unit('x.service', 'enable'), unit('off.service', 'disable')] }),
    );

  test.each([
    ['LoadState=loaded\nActiveState=active\nSubState=running', 'at work'],
    ['LoadState=loaded\nActiveState=active\nSubState=listening', 'at work'],
    [
      'LoadState=loaded\nActiveState=inactive\nConditionResult=no\nConditionTimestampMonotonic=5',
      'skipped by its own condition',
    ],
    [
      'LoadState=loaded\nActiveState=inactive\nType=oneshot\nResult=success\nExecMainStartTimestampMonotonic=5',
      'ran and ended well',
    ],
    [
      'LoadState=loaded\nActiveState=inactive\nType=notify\nResult=success\nExecMainStartTimestampMonotonic=5\nTriggeredBy=x.socket',
      'ended well, started again on demand',
    ],
  ])('%j passes: %s', async (properties, why) => {
    const outcome = await ask(properties);
    expect(outcome).toMatchObject({ status: 'passed' });
    expect(outcome.evidence.join()).toContain(why);
  });

  test.each([
    ['LoadState=not-found\nActiveState=inactive', 'the unit is not-found'],
    ['LoadState=masked\nActiveState=inactive', 'the unit is masked'],
    ['LoadState=loaded\nActiveState=failed\nResult=exit-code', 'it failed: exit-code'],
    [
      'LoadState=loaded\nActiveState=inactive\nType=notify\nExecMainStartTimestampMonotonic=5\nResult=success',
      'it ended',
    ],
    ['LoadState=loaded\nActiveState=inactive\nType=oneshot', 'it was never started'],
    [
      'LoadState=loaded\nActiveState=inactive\nConditionResult=no\nConditionTimestampMonotonic=0',
      'it was never started',
    ],
  ])('%j fails: %s', async (properties, why) => {
    const outcome = await ask(properties);
    expect(outcome).toMatchObject({ status: 'failed', summary: `not: x.service (${why})` });
    expect(outcome.evidence.join()).toContain(why);
  });

  test('patterns and templates of a preset are no units to ask about', async () => {
    const context = contextThat(() => 'LoadState=not-found', {
      units: [unit('virtqemud*.socket', 'enable'), unit('getty@.service', 'enable')],
    });
    expect(await enabledUnits.run(context)).toMatchObject({ status: 'passed', evidence: [] });
  });
  test('a unit that was never started: the preset line that keeps it from being enabled', async () => {
    const presets = '/etc/systemd/system-preset/00-site.preset:2:disable x*\n';
    const context = contextThat(
      (script) => (script.includes('.preset') ? presets : 'LoadState=loaded\nActiveState=inactive'),
      { units: [unit('x.service', 'enable')] },
    );
    expect(await enabledUnits.run(context)).toMatchObject({
      summary: 'not: x.service (it was never started: /etc/systemd/system-preset/00-site.preset:2 disables it)',
    });
  });
});

describe('disabled-units-not-running', () => {
  const units = [unit('libvirtd.service', 'disable'), unit('cups*', 'mask'), unit('ssh.service', 'enable')];
  const ask = (libvirtd: string, running: string) =>
    disabledUnitsNotRunning.run(
      contextThat((script) => (script.includes('show') ? `ActiveState=${libvirtd}` : running), { units }),
    );

  test('all off passes', async () => {
    expect(await ask('inactive', 'ssh.service loaded active running S\n')).toMatchObject({
      status: 'passed',
      summary: 'all 2 are off',
    });
  });
  test('one that something else started fails, by name and by pattern', async () => {
    expect(await ask('active', '')).toMatchObject({ status: 'failed', summary: 'running: libvirtd.service' });
    expect(await ask('inactive', 'cups.socket loaded active listening C\n')).toMatchObject({
      summary: 'running: cups.socket',
    });
  });
});

describe('running-services', () => {
  const listing =
    'a.service loaded active running A\nphyllome-lab-agent.service loaded active running Lab\nb.service loaded active running B\n';
  const ask = (budget?: number) =>
    runningServices.run(
      contextThat(() => listing, { budgets: budget === undefined ? {} : { runningServices: budget } }),
    );

  test("counts the image's own and compares with the budget", async () => {
    expect(await ask(2)).toMatchObject({
      status: 'passed',
      values: { count: 2, services: ['a.service', 'b.service'], budget: 2 },
    });
    expect(await ask(1)).toMatchObject({ status: 'failed', summary: '2 services run (budget 1)' });
    expect(await ask()).toMatchObject({ status: 'passed' });
  });
});
