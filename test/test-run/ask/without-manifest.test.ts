import { expect, test } from 'vitest';
import { allChecks } from '../../../scripts/checks/index.ts';
import type { ForeignContext } from '../../../scripts/expectation/index.ts';
import { allScenarios } from '../../../scripts/scenarios/index.ts';
import { withoutManifest } from '../../../scripts/test-run/ask/without-manifest.ts';
import { sampleRun } from '../../report/test-run/sample-run.ts';

/** A system that was asked something. */
class Asked extends Error {}

/** A machine with everything that checks need, whose system tells when it is asked anything. */
function contextOf(asked: { times: number }): ForeignContext {
  const ask = async () => {
    asked.times += 1;
    throw new Asked();
  };
  const guest = new Proxy({}, { get: () => ask });
  const { topology } = sampleRun();
  const rich = {
    ...topology,
    firmware: 'secure-boot',
    tpm: true,
    disks: [{ bus: 'virtio', sizeMiB: 64, sectorBytes: 512 }],
    ports: [{ devices: [], switchSlots: [], free: true }],
  };
  return {
    guest,
    machine: { topology: rich, reboot: ask, powerCut: ask, hotplug: ask, qmp: {} },
    injectedUnits: [],
    injectedSlice: '',
    injectedKernelMiB: 0,
    secondsSinceSettled: () => 0,
    scaled: (seconds: number) => seconds,
  } as unknown as ForeignContext;
}

const everyCheck = [...allChecks, ...allScenarios.flatMap(({ checks }) => (checks === 'of-the-image' ? [] : checks))];

test('a check that compares with a manifest says so before it asks the system anything', async () => {
  const told = new Map<string, string>();
  for (const check of everyCheck) {
    const asked = { times: 0 };
    const outcome = await withoutManifest(check)
      .run(contextOf(asked))
      .catch((error: unknown) => {
        if (!(error instanceof Asked)) throw new Error(`${check.id}: ${error instanceof Error ? error.stack : error}`);
        return undefined;
      });
    told.set(check.id, outcome?.summary ?? 'asks');
    if (outcome !== undefined) expect([check.id, outcome.status, asked.times]).toEqual([check.id, 'skipped', 0]);
  }
  expect(told.get('enabled-units')).toMatch(/^it compares with what the image was made of/);
  expect(told.get('preset-kept')).toMatch(/^it compares with what the image was made of/);
  expect(told.get('no-failed-units')).toBe('asks');
  expect(told.get('libvirt-answers')).toBe('asks');
  expect([...told.values()].filter((words) => words.startsWith('it is about what component')).length).toBeGreaterThan(
    3,
  );
});
