import { setTimeout as sleep } from 'node:timers/promises';
import { QmpError } from '../machine/qmp.ts';
import { pressTogether } from '../screen/index.ts';
import { BootFailed } from './boot-failure.ts';
import type { DisplayWatch, Look } from './display-watch.ts';
import type { LabRun } from './lab-run.ts';
import { lastWordsMs } from './observation.ts';
import { loaderFault, type RestingPlace, restingPlace } from './standing-still.ts';
import { bootSeconds, settle } from './wait-for-boot.ts';

/** How a machine is when there is nothing more to wait for. `agent`: the system manager has said that it is up. */
export interface Rest {
  readonly at: 'agent' | RestingPlace | 'loader';
  readonly look: Look;
  /** The serial console, as a terminal shows it. */
  readonly serial: string;
  /** Keys were pressed at a menu that nobody else would have left. */
  readonly pressed: boolean;
}

export interface WaitForRest {
  readonly timeScale: number;
  /** A loader that shows something is enough: what follows is asked for by its own words. */
  readonly loaderIsEnough: boolean;
  /** The loader fetches by the network what no disk is read for: it may stand still longer after a key. */
  readonly fetchesByNetwork: boolean;
  /** It has answered by its agent before: it has not come to rest before it does so again, or nothing moves any more. */
  readonly knowsAgent: boolean;
  /** What is typed at the menu where the loader waits; Enter when absent. */
  readonly atMenu?: () => Promise<void>;
}

const lookEveryMs = 1500;
/** At the reference speed: a menu, or a screen that a person may be meant to see; what only computes may look like less. */
const stillSeconds = 7;
const stallSeconds = 90;
/** After a login, the agent will not come any more. */
const agentSeconds = 30;
/** Every kernel runs by then, at the reference speed: a slow loader reads a large initramfs for two minutes. */
const loaderSeconds = 240;
/** Firmware and a shim may start the machine again, once each. */
const mostResets = 3;

/**
 * Waits until an image that nobody here made has come to rest: by its agent where it takes that, else by what serial
 * console, display and processors show.
 * @throws BootFailed
 */
export async function waitForRest(run: LabRun, watch: DisplayWatch, options: WaitForRest): Promise<Rest> {
  const { timeScale, loaderIsEnough, fetchesByNetwork, knowsAgent } = options;
  const limitMs = bootSeconds * 1000 * timeScale;
  // It may have been started before: what counts is this start.
  const [begunAtMs, resetsBefore] = [run.elapsedMs(), run.resets];
  const elapsedMs = () => run.elapsedMs() - begunAtMs;
  let hello = false;
  let pressed = false;
  let loginAt: number | undefined;
  // What a loader has left on the serial console is no place where a kernel rests.
  let beforeKernel: string | undefined;
  void run.hello.then(() => {
    hello = true;
  });
  await run.allowRestarts();
  try {
    for (;;) {
      await Promise.race([sleep(lookEveryMs), run.failed]);
      const look = await watch.look();
      const serial = await run.screen.text();
      const rest = (at: Rest['at']): Rest => ({ at, look, serial, pressed });
      if (!look.kernel) beforeKernel = serial;
      if (look.kernel) await run.forbidRestarts();
      else if (run.resets - resetsBefore > mostResets) throw restarts(run.resets - resetsBefore);
      if (hello) {
        await Promise.race([settle(run), run.failed, tooLate(limitMs - elapsedMs())]);
        return rest('agent');
      }
      if (loaderIsEnough && (look.display.kind !== 'blank' || serial !== '')) return rest('loader');
      const isAtLogin = run.milestones.passed.some(({ id }) => id === 'login');
      if (isAtLogin) loginAt ??= elapsedMs();
      if (loginAt !== undefined && elapsedMs() - loginAt > agentSeconds * 1000 * timeScale) return rest('login');
      const takesLonger = look.kernel ? knowsAgent : fetchesByNetwork && pressed;
      const patience = takesLonger ? stallSeconds : stillSeconds;
      if (look.stillMs > patience * 1000 * timeScale && loginAt === undefined) {
        const close = await watch.look(true);
        if (look.kernel) {
          const at = restingPlace(close, serial === beforeKernel ? '' : serial);
          if (at === 'login') run.milestones.pass('login');
          else if (!(at instanceof BootFailed)) return { ...rest(at), look: close };
          else if (look.stillMs > patienceWith(at) * 1000 * timeScale) throw at;
        } else {
          pressed = await leaveMenu(run, close, serial, pressed, options);
          watch.disturb();
        }
      }
      const lateMs = look.kernel ? limitMs : loaderSeconds * 1000 * timeScale;
      if (elapsedMs() > lateMs) throw tooSlow(lateMs, look);
    }
  } catch (error) {
    // The machine has ended; why is known in a moment.
    if (error instanceof QmpError) await Promise.race([run.failed, sleep(2 * lastWordsMs)]);
    throw error;
  }
}

/** How long a fault is watched before it is believed, at the reference speed: the log of a start may pause for a minute and a half. */
const patienceWith = ({ code }: BootFailed): number =>
  code === 'kernel-stopped' ? 0 : code === 'nothing-shown' ? stallSeconds / 3 : stallSeconds;

/** A loader that waits is given the key that a person would press, once. */
async function leaveMenu(
  run: LabRun,
  { display }: Look,
  serial: string,
  pressed: boolean,
  { atMenu }: WaitForRest,
): Promise<true> {
  const fault = loaderFault(display.lines, serial);
  if (fault !== undefined) throw fault;
  if (pressed) throw stuck(display.lines);
  await (atMenu ?? (() => pressTogether(run.machine.qmp, ['ret'])))();
  return true;
}

function stuck(display: readonly string[]): BootFailed {
  const lines = display.filter((line) => line.trim() !== '');
  return new BootFailed('loader-stuck', 'no kernel was started: the loader stands still, and Enter changed nothing', [
    'Where other keys start it, an expectation has them: `boot: {menu: …}`. Where nothing more is meant to come: `boot: {reaches: loader}`.',
    ...(lines.length === 0 ? [] : ['the display shows:', ...lines.map((line) => `  ${line}`)]),
  ]);
}

const restarts = (times: number): BootFailed =>
  new BootFailed('machine-ended', `the machine was reset ${times} times before any kernel ran`);

async function tooLate(ms: number): Promise<never> {
  await sleep(Math.max(ms, 0), undefined, { ref: false });
  throw new BootFailed('boot-too-slow', 'the system manager did not come to an end of its start jobs');
}

function tooSlow(limitMs: number, { kernel }: Look): BootFailed {
  const why = kernel
    ? 'it shows something new all the time'
    : 'no kernel was started, and it shows something new all the time';
  return new BootFailed('boot-too-slow', `nothing came to rest within ${Math.round(limitMs / 1000)} s: ${why}`);
}
