import { expect } from 'vitest';
import type { Facts } from './facts.ts';
import type { Answers } from './installed.ts';

/** What an installation must leave, whichever way it went; `asked`: what is so because somebody asked for it. */
export function expectWell({ run, facts, login, secondBoot }: Answers, asked: Partial<Facts>): void {
  const notWell = run.checks.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  expect(notWell).toEqual([]);
  expect(run.diagnostics).toEqual([]);
  expect(run.checks.length).toBeGreaterThanOrEqual(20);
  expectFacts(facts, asked);
  expect(login).toMatch(/^root$/m);
  expect(secondBoot.findings).toEqual([]);
  expectFacts(secondBoot.facts, asked);
  expect(secondBoot.facts.bootId).not.toBe(facts.bootId);
  expect(secondBoot.facts.lastingIdentity).toBe(facts.lastingIdentity);
}

function expectFacts(facts: Facts, asked: Partial<Facts>): void {
  expect(facts).toMatchObject({
    failedUnits: '',
    hostname: 'installed',
    timezone: expect.stringContaining('Europe/Berlin'),
    rootPassword: expect.stringMatching(/^[!*]$/),
    administratorGroups: '1',
    liveTraces: '0',
    menuEntry: 'Phyllome OS headless',
    namesMedium: '',
    ...asked,
  });
  // Two tables, and the start of the first partition.
  expect(Number(facts.mebibytesOutsidePartitions)).toBeLessThanOrEqual(3);
  expect(Number(facts.mebibytesOutsideVolumes)).toBeLessThanOrEqual(8);
  expect(Number(facts.percentOfDevice)).toBeGreaterThanOrEqual(93);
}
