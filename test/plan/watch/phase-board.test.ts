import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PhaseBoard } from '../../../scripts/plan/watch/phase-board.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const phases = ['one', 'two', 'three'].map((id) => ({ id, title: id }));
const [one = { id: '', title: '' }, two = one, three = one] = phases;

const learned = { milliseconds: { one: 10_000, two: 20_000, three: 30_000 }, bytes: { two: 5_000_000 } };

test('before the first phase there is none, and nothing to tell', () => {
  const board = new PhaseBoard(phases, learned);
  expect(board.current).toBeUndefined();
  expect(board.describe()).toBe('');
  expect(board.phases).toBe(phases);
});

test('a phase ends where a later one begins; one that never came is told as not seen', async () => {
  const board = new PhaseBoard(phases, undefined);
  board.begin(one);
  vi.advanceTimersByTime(300);
  board.begin(three);
  expect(board.current).toBe(three);
  expect(await Promise.all([board.ended(one), board.ended(two)])).toEqual([true, false]);
  expect([board.millisecondsOf(one), board.millisecondsOf(two)]).toEqual([300, 0]);
  let isOver = false;
  void board.ended(three).then(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect(isOver).toBe(false);
  vi.advanceTimersByTime(50);
  expect(board.finish()).toEqual({ milliseconds: { one: 300, three: 50 }, bytes: {} });
  expect(await board.ended(three)).toBe(true);
  expect(board.current).toBeUndefined();
});

test('when the work is over, phases that did not come are not seen', async () => {
  const board = new PhaseBoard(phases, undefined);
  board.begin(one);
  board.finish();
  expect(await Promise.all(phases.map((phase) => board.ended(phase)))).toEqual([true, false, false]);
  expect(await board.ended({ id: 'unknown', title: '' })).toBe(false);
});

test('what is told: the last text of the phase, and the time left where it is known', () => {
  const board = new PhaseBoard(phases, learned);
  board.begin(one);
  expect(board.describe()).toBe('about 60 s left');
  board.progress('1/9');
  vi.advanceTimersByTime(4_000);
  expect(board.describe()).toBe('1/9, about 56 s left');
  board.begin(two);
  expect(board.describe()).toBe('about 50 s left');
  const unknown = new PhaseBoard(phases, undefined);
  unknown.begin(one);
  expect(unknown.describe()).toBe('');
});

test('a growing file is told in megabytes, of how many where that is known, and learned', () => {
  const board = new PhaseBoard(phases, learned);
  board.grown(1);
  board.begin(two);
  board.grown(0);
  expect(board.describe()).toBe('about 50 s left');
  board.grown(2_400_000);
  expect(board.describe()).toBe('2 of about 5 MB, about 50 s left');
  board.begin(three);
  board.grown(3_000_000);
  expect(board.describe()).toBe('3 MB, about 30 s left');
  const unknown = new PhaseBoard(phases, undefined);
  unknown.begin(two);
  unknown.grown(7_000_000);
  expect(unknown.describe()).toBe('7 MB');
  expect(board.finish().bytes).toEqual({ two: 2_400_000, three: 3_000_000 });
});

test('whoever shows it hears of each change', () => {
  const board = new PhaseBoard(phases, undefined);
  const onChange = vi.fn();
  board.begin(one);
  board.onChange = onChange;
  board.begin(two);
  board.progress('x');
  expect(onChange).toHaveBeenCalledTimes(2);
});
