import { expect, test } from 'vitest';
import { allChecks } from '../../scripts/checks/index.ts';
import { topologyNames } from '../../scripts/lab/topology/index.ts';
import { allScenarios } from '../../scripts/scenarios/index.ts';
import { shipped } from '../lab/shipped-topologies.ts';

test('every scenario says what it proves, and is played on topologies that there are', () => {
  expect(new Set(allScenarios.map(({ id }) => id)).size).toBe(allScenarios.length);
  const known = topologyNames(shipped);
  for (const { id, title, proves, topologies } of allScenarios) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title.length).toBeGreaterThan(8);
    expect(proves).toMatch(/^\S.{40,}\.$/s);
    expect(topologies.length).toBeGreaterThan(0);
    for (const topology of topologies) expect(known).toContain(topology);
  }
});

test('checks of scenarios have ids of their own and say what they prove', () => {
  const own = new Map(
    allScenarios.flatMap(({ checks }) => (checks === 'of-the-image' ? [] : checks)).map((c) => [c, c.id]),
  );
  const ids = [...own.values()];
  expect(new Set(ids).size).toBe(ids.length);
  for (const check of own.keys()) {
    expect(check.proves).toMatch(/^\S.{40,}\.$/s);
    if (!allChecks.includes(check)) expect(allChecks.map(({ id }) => id)).not.toContain(check.id);
  }
});
