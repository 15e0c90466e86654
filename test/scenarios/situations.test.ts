import { expect, test } from 'vitest';
import type { Check } from '../../scripts/checks/index.ts';
import { fullVar } from '../../scripts/scenarios/full-var.ts';
import { kernelUpdate } from '../../scripts/scenarios/kernel-update.ts';
import { noIommu } from '../../scripts/scenarios/no-iommu.ts';
import { noVirtualization } from '../../scripts/scenarios/no-virtualization.ts';
import type { Scenario } from '../../scripts/scenarios/scenario.ts';
import { secureBoot } from '../../scripts/scenarios/secure-boot.ts';
import { wrongClock } from '../../scripts/scenarios/wrong-clock.ts';
import { contextThat } from '../checks/context.ts';

/** The last check of a scenario: its own. */
function own({ id, checks }: Scenario, which = -1): Check {
  const check = checks === 'of-the-image' ? undefined : checks.at(which);
  if (check === undefined) throw new Error(`${id} has no check of its own`);
  return check;
}

const doctor = (...checks: readonly object[]) => JSON.stringify({ schema: 1, verdict: 'wrong', checks });

test.each([
  [noIommu, { id: 'iommu', status: 'fail', summary: 'there is no IOMMU', advice: 'switch it on' }],
  [noVirtualization, { id: 'virtualization', status: 'fail', summary: 'no virtualisation', advice: 'switch on SVM' }],
] as const)('%o: the doctor must find it wrong, name it and give advice', async (scenario, answer) => {
  const ask = (change: object) => own(scenario).run(contextThat(() => doctor({ ...answer, ...change })));
  expect(await ask({})).toMatchObject({ status: 'passed', summary: `${answer.summary}; ${answer.advice}` });
  expect((await ask({ status: 'ok' })).summary).toBe(`it finds nothing wrong with ${answer.id}`);
  expect((await ask({ summary: 'something is odd', advice: 'look' })).summary).toBe('it says "something is odd; look"');
  expect((await ask({ advice: '' })).summary).toBe('it gives no advice');
});

test('a new kernel gets every argument once, and none of the live medium', async () => {
  const update = (options: string) =>
    own(kernelUpdate).run(
      contextThat(() => `title x\noptions ${options}\n`, { kernelArguments: ['iommu=pt', 'quiet'] }),
    );
  expect(await update('quiet iommu=pt')).toMatchObject({ status: 'passed' });
  expect((await update('quiet')).summary).toBe('iommu=pt is there 0 times');
  expect((await update('quiet iommu=pt root=live:CDLABEL=X')).summary).toBe(
    'root=live:CDLABEL=X is of the live medium',
  );
});

test('a clock of the past is found', async () => {
  expect(await own(wrongClock).run(contextThat(() => '2001-01-01T00:01:00Z\n'))).toMatchObject({ status: 'failed' });
  expect(await own(wrongClock).run(contextThat(() => '2025-06-01T00:01:00Z\n'))).toMatchObject({ status: 'passed' });
});

test('a host with a full disk must take lines, reload, restart, and be well again', async () => {
  const full = 'free 0\njournal 1\nmanager 0\nrestart 0\n';
  const run = (text: string, after = 'running\n') =>
    own(fullVar).run(
      contextThat((script) =>
        script.startsWith('echo "free') ? text : script.includes('is-system-running') ? after : '',
      ),
    );
  expect(await run(full)).toMatchObject({ status: 'passed' });
  expect((await run(full.replace('journal 1', 'journal 0'))).summary).toBe('the journal took no line');
  expect((await run(full.replace('restart 0', 'restart 1'))).summary).toBe('a service could not be restarted');
  expect((await run(full.replace('free 0', 'free 900000'))).summary).toBe('/var could not be filled');
  expect((await run(`${full}failed x.service\n`, 'degraded\n')).summary).toBe(
    'failed x.service; afterwards the system is degraded',
  );
});

test('Secure Boot that the firmware does not enforce is found', async () => {
  const enforced = (text: string) => own(secureBoot, 0).run(contextThat(() => text));
  const good = 'SecureBoot 1\nSetupMode 0\nlockdown none [integrity] confidentiality\n';
  expect(await enforced(good)).toMatchObject({ status: 'passed' });
  expect((await enforced(good.replace('SecureBoot 1', 'SecureBoot 0'))).status).toBe('failed');
  expect((await enforced(good.replace('none [integrity]', '[none] integrity'))).summary).toBe(
    'the kernel is not locked down',
  );
});
