import { expect, test } from 'vitest';
import type { DisplayWatch, Look } from '../../../scripts/lab/boot/display-watch.ts';
import type { LabRun } from '../../../scripts/lab/boot/lab-run.ts';
import { waitForRest } from '../../../scripts/lab/boot/wait-for-rest.ts';

const atLogin: Look = {
  display: { kind: 'blank', lines: [] },
  kernel: true,
  programs: true,
  stopped: false,
  stale: false,
  stillMs: 0,
};

/** A machine that asks for a login, and was turned on for the first time `hours` ago. */
function machine(
  hours: number,
  { resets, kernel = true }: { readonly resets: () => number; readonly kernel?: boolean },
) {
  const begun = performance.now();
  const run: Pick<LabRun, 'failed' | 'hello' | 'elapsedMs' | 'resets' | 'allowRestarts' | 'forbidRestarts'> & object = {
    failed: new Promise<never>(() => {}),
    hello: new Promise<void>(() => {}),
    elapsedMs: () => hours * 3_600_000 + (performance.now() - begun),
    get resets() {
      return resets();
    },
    allowRestarts: async () => {},
    forbidRestarts: async () => {},
  };
  Object.assign(run, {
    screen: { text: async () => 'host login: ' },
    milestones: { passed: kernel ? [{ id: 'login' }] : [] },
  });
  const watch = { look: async () => ({ ...atLogin, kernel }), disturb: () => {} };
  return waitForRest(run as LabRun, watch as unknown as DisplayWatch, {
    timeScale: 0.02,
    loaderIsEnough: false,
    fetchesByNetwork: false,
    knowsAgent: false,
  });
}

test('of a machine that was started before, this start alone counts: its time, and how often it was reset', async () => {
  expect(await machine(5, { resets: () => 9 })).toMatchObject({ at: 'login' });
});

test('a machine that resets itself again and again before any kernel is told so', async () => {
  let asked = 0;
  await expect(machine(5, { resets: () => (asked++ === 0 ? 9 : 13), kernel: false })).rejects.toThrow(
    /was reset 4 times before any kernel ran/,
  );
});

test('the menu that a loader has left on the serial console is no place where a kernel rests', async () => {
  let looks = 0;
  const [menu, later] = ['GNU GRUB\n*Phyllome OS', 'Welcome\nChoose a language'];
  const shown: string[] = [];
  const run = {
    failed: new Promise<never>(() => {}),
    hello: new Promise<void>(() => {}),
    elapsedMs: () => 0,
    resets: 0,
    allowRestarts: async () => {},
    forbidRestarts: async () => {},
    screen: { text: async () => (looks > 4 ? later : menu) },
    milestones: { passed: [], pass: (id: string) => shown.push(id) },
  };
  const watch = {
    look: async (thorough = false) => {
      if (!thorough) looks += 1;
      return { ...atLogin, kernel: looks > 1, stillMs: looks > 1 ? 1000 : 0, stale: true };
    },
  };
  const rest = await waitForRest(run as unknown as LabRun, watch as unknown as DisplayWatch, {
    timeScale: 0.1,
    loaderIsEnough: false,
    fetchesByNetwork: false,
    knowsAgent: false,
  });
  expect(rest).toMatchObject({ at: 'serial', serial: later });
});

test.each([
  [false, 1],
  [true, 3],
])('a pause of a system whose agent is known (%s) is no rest: after %i looks', async (knowsAgent, enough) => {
  let looks = 0;
  const run = {
    failed: new Promise<never>(() => {}),
    hello: new Promise<void>(() => {}),
    elapsedMs: () => 0,
    resets: 0,
    allowRestarts: async () => {},
    forbidRestarts: async () => {},
    screen: { text: async () => 'Choose a language' },
    milestones: { passed: [] },
  };
  const watch = {
    look: async (thorough = false) => {
      if (!thorough) looks += 1;
      return { ...atLogin, stillMs: looks < 3 ? 500 : 2000 };
    },
  };
  const rest = await waitForRest(run as unknown as LabRun, watch as unknown as DisplayWatch, {
    timeScale: 0.01,
    loaderIsEnough: false,
    fetchesByNetwork: false,
    knowsAgent,
  });
  expect([rest.at, looks]).toEqual(['serial', enough]);
});
