import { findAnswers } from './answers/find-answers.ts';
import { readAnswers } from './answers/read-answers.ts';
import { rootTree } from './answers/root-tree.ts';
import { diskInWords } from './computer/in-words.ts';
import { readComputer } from './computer/read-computer.ts';
import { disksInLines } from './explain-answers.ts';
import { failureLog } from './failure-log.ts';
import { findingsInWords } from './findings-in-words.ts';
import type { Machine } from './machine.ts';
import { readMedium } from './medium/medium.ts';
import { type PlannedInstallation, planInstallation } from './plan-installation.ts';
import { type Failure, runInstallation } from './run-installation.ts';
import { sourceTree } from './steps/copy-steps.ts';

/** Exit statuses of the program. */
export const statuses = { done: 0, failed: 1, usage: 2, noAnswers: 4, busy: 5, left: 6, broken: 70 } as const;
export type Status = (typeof statuses)[keyof typeof statuses];

/** Written when the medium was made. */
export const mediumFile = '/usr/lib/phyllome/installer/medium.json';
const lock = '/run/phyllome-installer/lock';

/** How an attempt to install ended. */
export interface Attempt {
  readonly status: Status;
  /** What went wrong, in lines that were said already; empty after a success. */
  readonly trouble: readonly string[];
}

/** Installs by an answer file, if there is one. Nothing is written before all of it is known to be possible. */
export function installUnattended(machine: Machine): Status {
  const answers = findAnswers(machine);
  if (answers.kind === 'none') {
    machine.say('No answer file: nothing is installed by itself.');
    return statuses.noAnswers;
  }
  if (answers.kind === 'unreachable') {
    machine.say(`error: ${answers.message}`);
    if (answers.hint !== undefined) machine.say(`    ${answers.hint}`);
    return statuses.failed;
  }
  machine.say(`Installing by the answers in ${answers.name}`);
  return installBy(machine, answers.text, answers.name).status;
}

/** Installs by the text of an answer file; `name` is what findings call it. */
export function installBy(machine: Machine, text: string, name: string): Attempt {
  const { planned, findings } = plan(machine, text, name);
  const told = findingsInWords(findings);
  if (planned?.installation === undefined) return failed(machine, [...told, 'No disk was touched.']);
  for (const line of told) machine.say(line);
  if (machine.run(['mkdir', lock]).status !== 0) {
    const trouble = ['An installation goes on already, on another console.'];
    for (const line of trouble) machine.say(line);
    return { status: statuses.busy, trouble };
  }
  const { installation } = planned;
  for (const { disk } of installation.layout.disks) machine.say(`Everything on it is lost: ${diskInWords(disk)}`);
  const outcome = alone(machine, () => runInstallation(machine, installation));
  for (const warning of outcome.warnings) machine.say(`warning: ${warning}`);
  if (outcome.failure !== undefined) return failed(machine, failureInWords(outcome.failure), outcome.log);
  const { action, eject } = installation.end;
  machine.say(`Installed on ${installation.layout.boot.disk.name}.`);
  if (eject) machine.run(['eject', '--no-unmount', '/dev/cdrom']);
  machine.run(['systemctl', action]);
  return { status: statuses.done, trouble: [] };
}

/** Whatever happens, the next one may begin afterwards. */
function alone<T>(machine: Machine, work: () => T): T {
  try {
    return work();
  } finally {
    machine.run(['rmdir', lock]);
  }
}

/** Says which disk the answers would take, and why not the others. */
export function explain(machine: Machine, text: string, name: string): Status {
  const { planned, findings } = plan(machine, text, name);
  for (const line of findingsInWords(findings)) machine.say(line);
  if (planned === undefined) return statuses.failed;
  for (const line of disksInLines({ ...planned, layout: planned.installation?.layout })) machine.say(line);
  return planned.installation === undefined ? statuses.failed : statuses.done;
}

function plan(machine: Machine, text: string, name: string) {
  const { model, findings } = readAnswers(text, name);
  // What was misread may have said which disk to leave alone.
  if (findings.length > 0) return { findings };
  const medium = readMedium(machine.read(mediumFile) ?? '');
  const planned: PlannedInstallation = planInstallation({
    model,
    computer: readComputer(machine),
    medium,
    tree: rootTree(machine, sourceTree),
    newUuid: () => newUuid(machine),
  });
  return { planned, findings: planned.findings };
}

function newUuid(machine: Machine): string {
  const uuid = (machine.read('/proc/sys/kernel/random/uuid') ?? '').trim();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) throw new Error('the kernel makes no UUIDs');
  return uuid;
}

/** Says what went wrong, and leaves it where `phyllome-install --keep-log` takes it from. */
function failed(machine: Machine, trouble: readonly string[], done = ''): Attempt {
  for (const line of trouble) machine.say(line);
  machine.write(failureLog, `${[...(done === '' ? [] : [done]), ...trouble].join('\n')}\n`, 0o600);
  return { status: statuses.failed, trouble };
}

function failureInWords({ step, status, words, kernel, causes }: Failure): readonly string[] {
  const at = step.span === undefined ? '' : ` (${step.span.file}:${step.span.start.line})`;
  // Of one that was ended for its words, the status says nothing.
  const how = step.endsAtFirstError === true ? 'failed' : `failed with status ${status}`;
  return [
    `error: ${step.title}${at} ${how}:`,
    ...words.split('\n').map((line) => `    ${line}`),
    ...(kernel.length > 0 ? ['The kernel says:', ...kernel.map((line) => `    ${line}`)] : []),
    ...causes,
    `The disk is not finished and will not start. Everything that was done: ${failureLog}`,
  ];
}
