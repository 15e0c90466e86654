import { displayCommand } from '../process/index.ts';
import type { Plan, Stage, Step } from './plan.ts';

/**
 * The plan as text: every step with the command that would run, ready to be read or pasted. `$tools`, `$root_tree` …
 * stand for the directories of the stages' outputs.
 */
export function printPlan(plan: Plan): string {
  return [`# ${plan.name}`, ...plan.stages.map(printStage)].join('\n\n');
}

function printStage(stage: Stage): string {
  const needs = stage.steps.some((step) => step.needs.includes('network')) ? ' (needs the network)' : '';
  return [`# ${stage.title}${needs}`, ...stage.steps.map(printStep)].join('\n');
}

function printStep(step: Step): string {
  const place = step.origin ? ` (${step.origin.file}:${step.origin.start.line})` : '';
  const env = Object.entries(step.env ?? {}).map(([name, value]) => `${name}=${value} `);
  const input =
    step.stdin === undefined
      ? ''
      : step.secret === true
        ? ' < (secret)'
        : ` <<'INPUT'\n${step.stdin.replace(/\n$/, '')}\nINPUT`;
  return `# ${step.title}${place}\n${env.join('')}${displayCommand(step.argv)}${input}`;
}
