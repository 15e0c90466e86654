import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Listr } from 'listr2';
import { expect, test, vi } from 'vitest';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import {
  type Execution,
  type ExecutionState,
  PhaseBoard,
  type Plan,
  printPlan,
  runPlan,
  type Stage,
  type Step,
  type WatchedEnd,
  type WorkStage,
} from '../../scripts/plan/index.ts';
import { execution, stage, temporaryDirectory } from './fixtures.ts';

/** A step that runs one shell script in the run's work directory `$0`. */
function step(id: string, script: string, more: Partial<Step> = {}): Step {
  return { id, title: id, argv: ['sh', '-euc', `cd "$0"; ${script}`, '${work}'], needs: [], ...more };
}

function work(id: string, steps: readonly Step[], runs: WorkStage['runs'] = 'in-order'): WorkStage {
  return { id, title: id, runs, steps };
}

const logs = work('logs', [step('collect', 'cp done collected')], 'after-failure-too');
const clean = work('clean', [step('nothing-to-do', 'false'), step('wipe', 'echo wiped >> ../trace')], 'always');

function planOf(stages: readonly Stage[], lock?: string): Plan {
  return { name: 'test', stages, work: { name: 'work', ...(lock !== undefined && { lock }) } };
}

interface Outcome {
  readonly state: ExecutionState | undefined;
  readonly error: unknown;
  readonly directory: string;
  readonly workDirectory: string;
  readonly using: Execution;
}

const silently: NonNullable<Execution['show']> = (tasks) => new Listr(tasks, { renderer: 'silent' });

async function run(
  plan: Plan,
  more: Partial<Execution> = {},
  directory: string = temporaryDirectory(),
): Promise<Outcome> {
  const workDirectory = path.join(directory, 'own');
  const using = execution(directory, { workDirectory, show: silently, ...more });
  const outcome = { directory, workDirectory, using };
  try {
    return { ...outcome, state: await runPlan(plan, using), error: undefined };
  } catch (error) {
    return { ...outcome, state: undefined, error };
  }
}

/** A program that is under way has made this file. */
const isThere = (file: string) => vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 30_000 });

/** A watch that runs the program and takes its lines for the names of phases; a line `bad` is a failure. */
function watching(told: string[] = []): NonNullable<Execution['watch']> {
  const board = new PhaseBoard(
    ['one', 'two', 'three'].map((id) => ({ id, title: id })),
    undefined,
  );
  return () => ({
    title: 'starting',
    board,
    run: async (command, { runner, logFile, workDirectory, signal }): Promise<WatchedEnd> => {
      let isBad = false;
      await runner.run(command, {
        logFile,
        ...(signal && { signal }),
        onLine: (line) => {
          const phase = board.phases.find(({ id }) => id === line);
          if (phase) board.begin(phase);
          isBad ||= line === 'bad';
        },
      });
      if (!isBad) return {};
      return {
        failure: () => {
          told.push(existsSync(path.join(workDirectory, 'collected')) ? 'with logs' : 'without logs');
          return new ReportedError({ code: 'bad', severity: 'error', message: 'it was bad' });
        },
      };
    },
  });
}

test('work is done anew in each run, on what comes from the cache, and is logged in one file', async () => {
  const cached = stage('cached', 'echo x >> "$0/file"');
  const mine: Step = { ...step('use', ''), argv: ['cp', '${cached}/file', '${work}/copy'] };
  const first = await run(planOf([cached, work('first', [mine]), work('second', [step('more', 'echo y >> copy')])]));
  expect(readFileSync(path.join(first.workDirectory, 'copy'), 'utf8')).toBe('x\ny\n');
  expect(first.state?.directories.get('work')).toBe(first.workDirectory);
  expect(first.state?.outcomes.map(({ id, reused }) => [id, reused])).toEqual([['cached', false]]);
  expect(readdirSync(first.using.logDirectory).sort()).toEqual(['cached.log', 'work.log']);
  expect(readFileSync(path.join(first.using.logDirectory, 'work.log'), 'utf8')).toMatch(/# use\n[\s\S]*# more\n/);
  // Nothing of it is in the cache.
  expect(readdirSync(path.join(first.directory, 'stages'))).toHaveLength(1);
});

test('collecting and cleaning come in their turn when all goes well, and may find nothing to do', async () => {
  const { error, directory, workDirectory } = await run(
    planOf([
      work('make', [step('make', 'echo well > done')]),
      logs,
      work('result', [step('take', 'cat collected > result')]),
      clean,
    ]),
  );
  expect(error).toBeUndefined();
  expect(readFileSync(path.join(workDirectory, 'result'), 'utf8')).toBe('well\n');
  expect(readFileSync(path.join(directory, 'trace'), 'utf8')).toBe('wiped\n');
});

test('a failed step ends the run: logs are collected, what would come after is not done, cleaning is', async () => {
  const { error, directory, workDirectory, using } = await run(
    planOf([
      work('make', [step('fail', 'echo half > done; echo reason >&2; exit 3'), step('more', 'touch never')]),
      logs,
      work('result', [step('take', 'touch never')]),
      clean,
    ]),
  );
  expect(error).toBeInstanceOf(ReportedError);
  const hint = (error as ReportedError).diagnostics[0]?.hint ?? '';
  expect(hint).toContain('reason');
  expect(hint).toContain(path.join(using.logDirectory, 'work.log'));
  expect(readdirSync(workDirectory).sort()).toEqual(['clean.json', 'collected', 'done']);
  expect(readFileSync(path.join(directory, 'trace'), 'utf8')).toBe('wiped\n');
});

test('where nothing of the run’s own was begun there is nothing to clean up behind', async () => {
  const { error, directory, workDirectory } = await run(
    planOf([stage('cached', 'exit 1'), work('make', [step('make', 'true')]), logs, clean]),
  );
  expect(error).toBeInstanceOf(ReportedError);
  expect([workDirectory, path.join(directory, 'trace')].map(existsSync)).toEqual([false, false]);
});

test('a script that may fail is a warning also where no cache keeps the work', async () => {
  const { state } = await run(planOf([work('make', [step('may', 'exit 1', { onFailure: 'warn' })])]));
  expect(state?.warnings).toMatchObject([{ severity: 'warning', code: 'step-failed' }]);
});

test('how to clean up is written down before anything starts, with the directory in its place', async () => {
  const { workDirectory } = await run(planOf([work('make', [step('look', 'cp clean.json seen')]), clean]));
  const seen = JSON.parse(readFileSync(path.join(workDirectory, 'seen'), 'utf8')) as readonly Step[];
  expect(seen.map(({ id, argv }) => [id, argv.at(-1)])).toEqual([
    ['nothing-to-do', workDirectory],
    ['wipe', workDirectory],
  ]);
});

const watched = (script: string) => work('make', [step('long', script, { watched: true })]);

test('a watched program’s phases are tasks; what follows waits for its end', async () => {
  const { error, workDirectory } = await run(
    planOf([
      watched('echo one; echo three; sleep 0.2; touch done'),
      logs,
      work('result', [step('take', 'mv done end')]),
    ]),
    { watch: watching() },
  );
  expect(error).toBeUndefined();
  expect(readdirSync(workDirectory).sort()).toEqual(['collected', 'end']);
});

test('a watched program’s failure is told once its logs have been collected', async () => {
  const told: string[] = [];
  const { error, directory, workDirectory } = await run(
    planOf([watched('echo one; touch done; echo bad'), logs, work('result', [step('take', 'touch never')]), clean]),
    { watch: watching(told) },
  );
  expect(error).toMatchObject({ diagnostics: [{ code: 'bad' }] });
  expect(told).toEqual(['with logs']);
  expect(existsSync(path.join(workDirectory, 'never'))).toBe(false);
  expect(existsSync(path.join(directory, 'trace'))).toBe(true);
});

test('a step that nobody can watch is a bug, said before anything runs', async () => {
  const { error, workDirectory } = await run(planOf([watched('true')]));
  expect(error).toMatchObject({ message: 'nobody watches the step long of make' });
  expect(existsSync(workDirectory)).toBe(false);
});

test.each([
  ['watched', watched('echo one; touch done started; sleep 60')],
  ['plain', work('make', [step('long', 'touch done started; sleep 60')])],
])('Ctrl-C in a %s step ends it, and collects and cleans up all the same', async (_, making) => {
  const abort = new AbortController();
  const directory = temporaryDirectory();
  const running = run(planOf([making, logs, clean]), { watch: watching(), signal: abort.signal }, directory);
  await isThere(path.join(directory, 'own/started'));
  abort.abort();
  const { error, workDirectory } = await running;
  expect(error).toMatchObject({ exitCode: 130 });
  expect(readdirSync(workDirectory).sort()).toEqual(['clean.json', 'collected', 'done', 'started']);
  expect(readFileSync(path.join(directory, 'trace'), 'utf8')).toBe('wiped\n');
});

test('a run waits for another with the same lock, and leaves none', async () => {
  const directory = temporaryDirectory();
  const order: string[] = [];
  const one = (name: string, script: string) => {
    const using = execution(directory, { workDirectory: path.join(directory, name), show: silently });
    return runPlan(planOf([work('make', [step('make', script)])], 'alone'), using).then(() => order.push(name));
  };
  const first = one('first', 'touch ../busy; sleep 0.5; rm ../busy');
  await isThere(path.join(directory, 'busy'));
  // Had both run side by side, this one would see it.
  await Promise.all([first, one('second', 'test ! -e ../busy')]);
  expect(order).toEqual(['first', 'second']);
  expect(readdirSync(path.join(directory, 'locks'))).toEqual([]);
});

test('printed, the work of a run has one directory, named once', () => {
  const printed = printPlan(planOf([work('make', [step('make', 'true')]), clean]), '/cache');
  expect(printed.split('\n').slice(0, 4)).toEqual([
    '# test',
    'umask 022',
    'cache=/cache',
    'work="$cache/by-hand/work"; mkdir -p "$work"',
  ]);
  expect(printed.match(/by-hand/g)).toHaveLength(1);
});

test('a plan without a place to work cannot have such stages', async () => {
  const directory = temporaryDirectory();
  const running = runPlan(
    { name: 'nowhere', stages: [work('make', [step('make', 'true')])] },
    execution(directory, { show: silently }),
  );
  await expect(running).rejects.toThrow('nowhere has no place to work');
});
