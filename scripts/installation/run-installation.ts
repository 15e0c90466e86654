import { displayCommand } from '../diagnostic/index.ts';
import { aboutDisks, causes, errorsSince, kernelErrors } from './causes.ts';
import type { Ended, Machine } from './machine.ts';
import type { Installation } from './plan-installation.ts';
import { type Step, target } from './steps/step.ts';

/** How an installation ended that did not succeed. */
export interface Failure {
  readonly step: Step;
  readonly status: number;
  /** The last lines that the program printed; the first where it was ended at those. */
  readonly words: string;
  /** What the kernel reported of disks meanwhile. */
  readonly kernel: readonly string[];
  /** What is wrong, and what to do, where that is known. */
  readonly causes: readonly string[];
}

export interface Outcome {
  /** Absent after a success. */
  readonly failure?: Failure;
  /** What did not go as it should and stops nothing. */
  readonly warnings: readonly string[];
  /** Everything that programs printed; without what they read. */
  readonly log: string;
}

/** Where the log lies in the installed system. */
const logFile = '/var/log/phyllome-install.log';

/** Carries out what was planned, and closes what was opened, whatever happens. */
export function runInstallation(machine: Machine, { steps, closing, disks }: Installation): Outcome {
  const warnings: string[] = [];
  const log: string[] = [];
  const before = kernelErrors(machine);
  const failed = (step: Step, { status, stdout, stderr }: Ended): Failure => {
    const errors = errorsSince(machine, before);
    log.push('The kernel reported:', ...errors);
    const words = step.endsAtFirstError === true ? firstLines(stderr) : lastLines(`${stdout}\n${stderr}`);
    return { step, status, words, kernel: aboutDisks(errors), causes: causes(words, errors, disks) };
  };
  let failure: Failure | undefined;
  for (const [index, step] of steps.entries()) {
    const head = `[${index + 1}/${steps.length}] ${step.title}`;
    machine.say(head);
    const ended = machine.run(step.argv, {
      ...(step.stdin !== undefined && { stdin: step.stdin }),
      ...(step.endsAtFirstError && { endsAtFirstError: true }),
      ...(step.fills && { whileRunning: watchFilling(machine, step.fills) }),
    });
    log.push(head, `+ ${displayCommand(step.argv)}`, ended.stdout, ended.stderr, `= ${ended.status}`);
    if (ended.status === 0) continue;
    if (step.mayFail === true) warnings.push(`${step.title} failed: ${lastLines(`${ended.stdout}\n${ended.stderr}`)}`);
    else {
      failure = failed(step, ended);
      break;
    }
  }
  if (failure === undefined) keepLog(machine, log.join('\n'), warnings);
  for (const step of closing) {
    const ended = machine.run(step.argv);
    log.push(step.title, `+ ${displayCommand(step.argv)}`, ended.stdout, ended.stderr, `= ${ended.status}`);
    // After a failure the first cause is what counts.
    if (ended.status !== 0) failure ??= failed(step, ended);
  }
  if (failure === undefined) warnings.push(...causes('', errorsSince(machine, before), disks));
  return { ...(failure && { failure }), warnings, log: log.filter((line) => line !== '').join('\n') };
}

/** Who may read the journal may read it. */
function keepLog(machine: Machine, log: string, warnings: string[]): void {
  try {
    machine.write(`${target}${logFile}`, `${log}\n`, 0o640);
  } catch (error) {
    warnings.push(`the log could not be kept in ${logFile}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function watchFilling(machine: Machine, { mountPoint, bytes }: NonNullable<Step['fills']>): () => void {
  return () => {
    const used = Number(machine.run(['df', '--block-size=1', '--output=used', mountPoint]).stdout.split('\n')[1] ?? 0);
    const part = Math.min(99, Math.floor((100 * used) / bytes));
    machine.progress(`      ${part} %  (${mebibytes(used)} of ${mebibytes(bytes)} MiB)`);
  };
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0);
}

function lastLines(text: string): string {
  return linesOf(text).slice(-5).join('\n');
}

function firstLines(text: string): string {
  return linesOf(text).slice(0, 5).join('\n');
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
