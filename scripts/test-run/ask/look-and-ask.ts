import { type AnyImageCheck, allChecks, type CheckResult, failed, noFailedUnits, passed } from '../../checks/index.ts';
import { Interrupted } from '../../diagnostic/index.ts';
import {
  type Expectation,
  type ForeignContext,
  type Question,
  questionsOf,
  takeStep,
} from '../../expectation/index.ts';
import {
  BootFailed,
  consoleCatalogue,
  DisplayWatch,
  guestBootTimes,
  injectedUnits,
  type LabRun,
  labSlice,
  type MachineControl,
  portBuffersMiB,
  type Rest,
  waitForRest,
} from '../../lab/index.ts';
import type { TestPolicy } from '../test-inputs.ts';
import type { BootAnswers } from './boot-and-ask.ts';
import { howFar, whyNoAgent } from './how-far.ts';
import { askCheck, machineLacks } from './run-check.ts';
import { withoutManifest } from './without-manifest.ts';

export interface ForeignQuestions extends Pick<TestPolicy, 'onProgress' | 'signal'> {
  /** Where the display's picture goes for a moment, and where the fonts are that its text is read by. */
  readonly runDir: string;
  readonly toolsRoot: string;
  readonly expectation?: Expectation;
  /** What a scenario asks; what the expectation asks when absent. */
  readonly instead?: readonly Question[];
}

/** What any system whose manager takes the agent is asked. */
const askedOfSystems: readonly AnyImageCheck[] = [noFailedUnits];

/** A guest that was asked to restart has let go of everything by then, and a reset takes as long; at the reference speed. */
const restartSeconds = { reboot: 120, 'power-cut': 30 } as const;

/** Waits until an image that nobody here made has come to rest, tells how far it came, and asks what can be asked of it. */
export async function lookAndAsk(
  run: LabRun,
  machine: MachineControl,
  questions: ForeignQuestions,
  timeScale: number,
): Promise<BootAnswers> {
  const { signal, onProgress, expectation } = questions;
  const results: CheckResult[] = [];
  const tell = (result: CheckResult) => {
    results.push(result);
    onProgress?.({ stage: 'check', message: `${result.status} ${result.id}: ${result.summary}` });
  };
  for (const { id, regex } of consoleCatalogue)
    if (expectation?.data.boot?.allowed?.includes(id)) run.scanner.excuse(regex);
  try {
    const context = await contextOf(run, machine, questions, timeScale);
    const rest = await context.rest();
    for (const result of howFar(rest, run, machine.topology)) tell(result);
    if (expectation !== undefined) for (const result of ofBoot(rest, run, expectation, context)) tell(result);
    const guestTimes = rest.at === 'agent' ? await guestBootTimes(run.guest) : undefined;
    const noAgent = rest.at === 'agent' ? undefined : whyNoAgent(rest, run);
    for (const check of askedOfSystems) {
      const missing = noAgent === undefined ? machineLacks(check.needs, machine.topology) : [noAgent];
      tell(await Promise.race([askCheck(check, context, missing), run.failed]));
    }
    const asked = expectation === undefined ? [] : questionsOf(expectation, allChecks.map(withoutManifest));
    for (const question of questions.instead ?? asked) {
      if (signal?.aborted) throw new Interrupted();
      const { span } = question;
      // Somebody wants to know: an answer that nobody can give is none.
      const result =
        question.byAgent && noAgent !== undefined
          ? {
              ...question,
              status: 'error' as const,
              summary: `it cannot be asked: ${noAgent}`,
              evidence: [],
              durationMs: 0,
            }
          : await Promise.race([askCheck(question, context, []), run.failed]);
      const { id, title, proves, status, summary, evidence, durationMs } = result;
      tell({ id, title, proves, status, summary, evidence, durationMs, span });
      // What follows a step begins where it ends.
      if (status !== 'passed' && question.id.startsWith('step-')) break;
    }
    return { results, ...(guestTimes && { guestTimes }) };
  } catch (error) {
    if (signal?.aborted) throw new Interrupted();
    if (error instanceof BootFailed) return { results, failure: error };
    throw error;
  }
}

/** Everything that questions are answered with; `rest` waits until the machine has come to it. */
async function contextOf(
  run: LabRun,
  machine: MachineControl,
  questions: ForeignQuestions,
  timeScale: number,
): Promise<ForeignContext & { rest(): Promise<Rest> }> {
  let watch = await DisplayWatch.of(run, questions);
  let settledAt = performance.now();
  const { menu, reaches } = questions.expectation?.data.boot ?? {};
  let knowsAgent = false;
  const context: ForeignContext & { rest(): Promise<Rest> } = {
    guest: run.guest,
    machine,
    injectedUnits,
    injectedSlice: labSlice,
    injectedKernelMiB: portBuffersMiB,
    secondsSinceSettled: () => (performance.now() - settledAt) / 1000,
    scaled: (seconds) => seconds * Math.max(1, timeScale),
    serial: run.screen,
    look: () => watch.look(true),
    async rest() {
      const rest = await waitForRest(run, watch, {
        timeScale,
        loaderIsEnough: reaches === 'loader',
        knowsAgent,
        fetchesByNetwork: ['tftp', 'pxe'].includes(machine.topology.medium.kind),
        ...(menu && {
          atMenu: async () => {
            for (const step of menu) await takeStep(step, context);
          },
        }),
      });
      settledAt = performance.now();
      return rest;
    },
    async restart(how) {
      const hasAgent = run.milestones.passed.some(({ id }) => id === 'agent');
      knowsAgent ||= hasAgent;
      const ask = async () => {
        if (how === 'power-cut') await run.machine.qmp.execute('system_reset');
        else if (hasAgent) await run.guest.run('systemctl reboot --no-block', { allowFailure: true }).catch(() => {});
        else await machine.press(['ctrl', 'alt', 'delete']);
      };
      await run.restart(ask, restartSeconds[how] * timeScale);
      watch = await DisplayWatch.of(run, questions);
      const { at } = await context.rest();
      if (knowsAgent && at !== 'agent')
        throw new BootFailed('agent-silent', 'the system does not answer after its restart');
    },
  };
  return context;
}

/** What an expectation says of the start itself. */
function ofBoot(
  rest: Rest,
  run: LabRun,
  { data, source }: Expectation,
  { scaled }: Pick<ForeignContext, 'scaled'>,
): CheckResult[] {
  const { reaches = 'screen', withinSeconds } = data.boot ?? {};
  const result = (id: string, title: string, key: string, isSo: boolean, summary: string): CheckResult => ({
    id,
    title,
    proves: `${title}: expected by ${source.source.file}.`,
    ...(isSo ? passed(summary) : failed(summary)),
    durationMs: 0,
    span: source.spanOfValue(['boot', key]),
  });
  const enough = {
    loader: true,
    screen: true,
    login: rest.at === 'login' || rest.at === 'agent',
    system: rest.at === 'agent',
  };
  const seconds = run.milestones.elapsedMs() / 1000;
  return [
    ...(reaches === 'login' || reaches === 'system'
      ? [
          result(
            'reaches',
            `it reaches a ${reaches}`,
            'reaches',
            enough[reaches],
            enough[reaches] ? 'it does' : `it came to ${rest.at}; ${whyNoAgent(rest, run)}`,
          ),
        ]
      : []),
    ...(withinSeconds === undefined
      ? []
      : [
          result(
            'boot-time',
            `it starts within ${withinSeconds} s`,
            'withinSeconds',
            seconds <= scaled(withinSeconds),
            `${seconds.toFixed(1)} s, budget ${scaled(withinSeconds).toFixed(0)} s`,
          ),
        ]),
  ];
}
