import { Parser, type Result } from 'tap-parser';
import { expect, test } from 'vitest';
import { tapText } from '../../../scripts/report/test-run/tap.ts';
import type { TestRun } from '../../../scripts/test-run/index.ts';
import { sampleRun } from './sample-run.ts';

/** What a program that reads TAP makes of it: the whole, and the points of each subtest. */
function read(text: string) {
  const points: Result[] = [];
  const strangers: string[] = [];
  const parser = new Parser({ strict: true });
  const comments: string[] = [];
  parser.on('comment', (line: string) => comments.push(line));
  parser.on('child', (child: Parser) => {
    child.on('assert', (point: Result) => points.push(point));
    child.on('extra', (line: string) => strangers.push(line));
  });
  parser.on('extra', (line: string) => strangers.push(line));
  parser.end(text);
  const results = parser.results;
  if (results === null) throw new Error('the parser has no result');
  return { results, points, strangers, comments };
}

const check = { title: 't', proves: 'It is so.', evidence: ['a: [b', '  # c', '---', '...'], durationMs: 1200 };
const troubled = sampleRun({
  verdict: 'failed',
  checks: [
    { ...check, id: 'a', status: 'failed', summary: 'not #1 \\ so' },
    { ...check, id: 'b', status: 'error', summary: 'not asked' },
    { ...check, id: 'c', status: 'skipped', summary: 'no iommu # really' },
    {
      ...check,
      id: 'd',
      status: 'failed',
      summary: 'leaks',
      quarantine: { reason: 'leaks', tracker: '#7', expires: '2027-01-31' },
    },
  ],
});

test('a good run passes, with a point for the boot, each check and the console', () => {
  const { results, points, strangers } = read(tapText([sampleRun()]));
  expect(strangers).toEqual([]);
  expect(results).toMatchObject({ ok: true, count: 1, pass: 1, fail: 0, failures: [] });
  expect(points.map(({ ok, name }) => [ok, name])).toEqual([
    [true, 'boot'],
    [true, 'idle-memory'],
    [true, 'console'],
  ]);
  // The reader takes the duration out of the block.
  expect(points[1]).toMatchObject({ time: 8000, diag: { output: '172 MiB used\n38.0 MiB a' } });
});

test('what failed, was not asked, or is known to fail is told as that', () => {
  const { results, points, strangers } = read(tapText([sampleRun(), troubled]));
  expect(strangers).toEqual([]);
  expect(results).toMatchObject({ ok: false, count: 2, pass: 1, fail: 1 });
  const of = (name: string) => points.find((point) => point.name === name);
  expect(of('a')).toMatchObject({ ok: false, diag: { message: 'not #1 \\ so', severity: 'fail' } });
  expect(of('a')?.diag.detail).toBe('It is so.\na: [b\n  # c\n---\n...');
  expect(of('b')).toMatchObject({ ok: false, diag: { severity: 'error' } });
  expect(of('c')).toMatchObject({ ok: true, skip: 'no iommu # really' });
  expect(of('d')).toMatchObject({ ok: false, todo: expect.stringContaining('in quarantine until 2027-01-31') });
});

test('names with a number sign and lines of others end nothing', () => {
  const run: TestRun = sampleRun({ flavour: 'my #1 \\ image\nBail out! 1..0' });
  const { results, strangers } = read(tapText([run]));
  expect(strangers).toEqual([]);
  expect(results).toMatchObject({ ok: true, count: 1, bailout: false });
});

test('work that was stopped bails out', () => {
  const { results } = read(tapText([], 'x.iso is cut off: # 1 of 2 bytes'));
  expect(results).toMatchObject({ ok: false, bailout: 'x.iso is cut off: # 1 of 2 bytes' });
  expect(read(tapText([])).results).toMatchObject({ ok: true, count: 0, plan: { skipAll: true } });
});
