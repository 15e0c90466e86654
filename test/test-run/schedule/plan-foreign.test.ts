import path from 'node:path';
import { expect, test } from 'vitest';
import { YamlSource } from '../../../scripts/flavour/index.ts';
import type { RecognisedImage } from '../../../scripts/image/index.ts';
import { loadTopology } from '../../../scripts/lab/index.ts';
import { checkoutDirectory } from '../../../scripts/places/index.ts';
import { allScenarios } from '../../../scripts/scenarios/index.ts';
import { planForeignMachines } from '../../../scripts/test-run/index.ts';

const directories = [checkoutDirectory(path.resolve(import.meta.dirname, '../../..'))];

function plan(kind: RecognisedImage['kind']) {
  const scenarios = allScenarios.map(({ id }) => id);
  const text = `summary: x\nscenarios:\n${scenarios.map((id) => `  - ${id}\n`).join('')}`;
  const recognised = { kind, format: 'raw', bytes: 1, wantedBytes: 1 } as RecognisedImage;
  const source = new YamlSource('expected.yaml', text);
  const planned = planForeignMachines({ data: { summary: 'x', scenarios }, source }, recognised, allScenarios, (name) =>
    loadTopology(name, directories),
  );
  const reasons = new Map(planned.leftOut.map(({ scenario, reason }) => [scenario, reason]));
  const ids = planned.machines.map(({ id }) => id);
  const named = (id: string) => ids.some((machine) => machine.startsWith(`${id}-`));
  // Nothing that was asked for is forgotten.
  expect(scenarios.filter((id) => !named(id) && !reasons.has(id))).toEqual([]);
  return { machines: planned.machines, ids, reasons };
}

test('of an ISO, scenarios are played that need not know what is in it', () => {
  const { machines, ids, reasons } = plan('iso');
  expect(ids).toEqual(expect.arrayContaining(['live-cd-default', 'live-cd-uefi', 'live-usb-usb', 'reboot-default']));
  expect(reasons.get('tampered-kernel')).toBe(
    'its kernel is changed first, and where that is in the image only a manifest tells',
  );
  expect(reasons.get('two-cables')).toMatch(/^it is about what component network-bridge brings/);
  expect(reasons.get('network-boot')).toMatch(/^the machine pxe loads the kernel from outside/);
  expect(reasons.get('network-root')).toBe('the image is a live-iso, not a pxe');
  // What the expectation asks, or what the scenario asks, at the line that names it.
  expect(machines.find(({ id }) => id === 'live-cd-uefi')?.instead).toBeUndefined();
  const line = 3 + allScenarios.findIndex(({ id }) => id === 'power-cut');
  const powerCut = machines.find(({ id }) => id === 'power-cut-empty-disk')?.instead ?? [];
  expect(powerCut.map(({ byAgent, span }) => [byAgent, span.start.line])).toEqual(powerCut.map(() => [true, line]));
  expect(powerCut.length).toBeGreaterThan(0);
});

test('of a directory for PXE and of a kernel those that start them', () => {
  expect(plan('pxe').ids).toEqual(expect.arrayContaining(['network-root-pxe', 'reboot-default']));
  expect(plan('pxe').reasons.get('live-disk')).toMatch(/starts from a medium, and the image is fetched/);
  expect(plan('kernel').reasons.get('live-disk')).toMatch(/a kernel is nothing that can be attached$/);
  expect(plan('disk').ids).toContain('live-disk-disk');
});
