import { Listr } from 'listr2';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PhaseBoard } from '../../../scripts/plan/watch/phase-board.ts';
import { phaseTasks } from '../../../scripts/plan/watch/phase-tasks.ts';

const { isTTY } = process.stderr;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.stubEnv('CI', undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  process.stderr.isTTY = isTTY;
});

const phases = ['one', 'two', 'three'].map((id) => ({ id, title: `Phase ${id}` }));
const [one = { id: '', title: '' }, two = one, three = one] = phases;

/** Runs the tasks of a program that does `work`; what was shown in the end. */
async function shown(work: (board: PhaseBoard, outputs: () => (string | undefined)[]) => Promise<void>) {
  const board = new PhaseBoard(phases, undefined);
  const outputs = (): (string | undefined)[] => list.tasks.map(({ output }) => output);
  const list: Listr<unknown, 'silent', 'simple'> = new Listr(
    phaseTasks({ title: 'Starting it', board, work: () => work(board, outputs) }),
    {
      renderer: 'silent',
    },
  );
  const error = await list.run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const states = list.tasks.map((task) => (task.isSkipped() ? 'skipped' : task.state.toLowerCase()));
  return {
    error,
    titles: list.tasks.map(({ title }) => title),
    states,
    message: list.tasks.map((task) => task.message),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('each phase is a task that says how long it took; what never came was not needed', async () => {
  const { error, titles, states, message } = await shown(async (board) => {
    board.begin(one);
    await turn();
    vi.advanceTimersByTime(2_500);
    board.begin(three);
    await turn();
    vi.advanceTimersByTime(100);
  });
  expect(error).toBeUndefined();
  expect(titles).toEqual(['Starting it', 'Phase one (2.5 s)', 'Phase two', 'Phase three (0.1 s)']);
  expect(states).toEqual(['completed', 'completed', 'skipped', 'completed']);
  expect(message[2]?.skip).toBe('not needed');
});

test('a failure is told by the phase in which it happened, and ends the list', async () => {
  const { error, states } = await shown(async (board) => {
    board.begin(one);
    await turn();
    board.begin(two);
    await turn();
    throw new Error('it broke');
  });
  expect(error).toMatchObject({ message: 'it broke' });
  expect(states).toEqual(['completed', 'completed', 'failed', 'waiting']);
});

test.each([
  [true, ['1/3', '2/3', '3/3', '4/3']],
  [false, [undefined, undefined, '3/3', '3/3']],
])('progress is shown each time on a terminal (%s), else after ten seconds', async (isTerminal, expected) => {
  process.stderr.isTTY = isTerminal;
  const seen: (string | undefined)[] = [];
  await shown(async (board, outputs) => {
    board.begin(one);
    await turn();
    for (const [text, milliseconds] of [
      ['1/3', 0],
      ['2/3', 9_999],
      ['3/3', 1],
      ['4/3', 9_999],
    ] as const) {
      vi.advanceTimersByTime(milliseconds);
      board.progress(text);
      seen.push(outputs()[1]);
    }
  });
  expect(seen).toEqual(expected);
});

test('progress of another phase is not shown by the one that waits', async () => {
  process.stderr.isTTY = true;
  const seen: (string | undefined)[] = [];
  await shown(async (board, outputs) => {
    await turn();
    board.begin(two);
    board.progress('of two');
    seen.push(...outputs());
    await turn();
    board.progress('now it is shown');
    seen.push(...outputs());
  });
  expect(seen.slice(1, 3)).toEqual([undefined, undefined]);
  expect(seen.slice(5, 7)).toEqual([undefined, 'now it is shown']);
});
