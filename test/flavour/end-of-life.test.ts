import { afterEach, expect, test, vi } from 'vitest';
import { run as list } from '../../scripts/commands/list.ts';
import { pastEndOfLife } from '../../scripts/flavour/index.ts';
import { recordingContext } from '../commands/recording-context.ts';
import { resolveShipped, shipped } from '../render/shipped.ts';
import { BASE, onlyFinding, resolveIn, sourceTree } from './source-tree.ts';

afterEach(() => {
  vi.useRealTimers();
});

const next = 'base: next\nsummary: the next one\nextends: test-1\n';
const dated = `${BASE}endOfLife: "2027-06-02"\n`;
const endOf = (files: Record<string, string>, base: string) =>
  resolveIn(sourceTree({ 'bases/test-1.yaml': dated, ...files }), 'small', base).flavour?.base.endOfLife?.value;

test('the last day is one of a release: who extends it with another has another, or none', () => {
  expect(endOf({}, 'test-1')).toBe('2027-06-02');
  expect(endOf({ 'bases/next.yaml': next }, 'next')).toBe('2027-06-02');
  expect(endOf({ 'bases/next.yaml': `${next}release: other\n` }, 'next')).toBeUndefined();
  expect(endOf({ 'bases/next.yaml': `${next}release: other\nendOfLife: "2027-12-08"\n` }, 'next')).toBe('2027-12-08');
});

test.each(['2027-6-2', '2027-13-01', '2.6.2027', 'soon'])('%s is no date', (date) => {
  const root = sourceTree({ 'bases/test-1.yaml': dated.replace('2027-06-02', date) });
  expect(onlyFinding(resolveIn(root))).toContain('a date');
});

test('the last day still counts', () => {
  const { base } = resolveShipped('nano', 'fedora-44');
  expect(pastEndOfLife(base, '2027-06-02')).toEqual([]);
  expect(pastEndOfLife(base, '2027-06-03')).toMatchObject([
    { code: 'base-past-end', severity: 'warning', span: { file: 'kickstarts/bases/fedora-44.yaml' } },
  ]);
});

test('every shipped base but the one that never ends has its day', () => {
  const bases = new Set(shipped.map(([, base]) => base));
  const dates = [...bases].map((base) => [base, resolveShipped('nano', base).base.endOfLife?.value]);
  expect(Object.fromEntries(dates)).toEqual({
    'debian-13': '2028-08-09',
    'fedora-43': '2026-12-09',
    'fedora-44': '2027-06-02',
    'fedora-45': '2027-12-08',
    'fedora-rawhide': undefined,
  });
});

test('`list` tells until when each base gets updates', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-10T12:00:00Z') });
  const { context, output } = recordingContext();
  list({}, context);
  expect(output()).toMatch(/^ {2}fedora-43 .*\(past its end: no security updates since 2026-12-09\)$/m);
  expect(output()).toMatch(/^ {2}fedora-44 .*\(security updates until 2027-06-02\)$/m);
  expect(output()).toMatch(/^ {2}fedora-rawhide [^()]*$/m);
});
