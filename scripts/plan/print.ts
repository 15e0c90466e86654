import { quoteForShell, terminatorFor } from '../process/index.ts';
import { isCached, type Need, outputOf, type Plan, type Stage, type Step } from './plan.ts';
import { umask } from './run-step.ts';

/**
 * The plan as text: every step with the command that would run, ready to be read or to be pasted into a shell.
 * `$root_tree` stands for the directory of the stage `root-tree`.
 */
export function printPlan(plan: Plan, cacheDirectory: string): string {
  const words = plan.stages.flatMap(({ steps }) => steps.flatMap(({ argv }) => argv));
  const directories = [...plan.stages.filter(isCached).map(({ id }) => id), ...(plan.work ? [plan.work.name] : [])];
  const named = directories.filter((name) => words.some((word) => word.includes(outputOf(name))));
  const head = [
    `# ${inOneLine(plan.name)}`,
    `umask ${umask}`,
    `cache=${quoteForShell(cacheDirectory)}`,
    ...named.map(assignment),
  ];
  return [head.join('\n'), ...plan.stages.map(printStage)].join('\n\n');
}

function assignment(name: string): string {
  return `${variable(name)}="$cache/by-hand/${name}"; mkdir -p "$${variable(name)}"`;
}

/** A comment ends with its line: a path may hold line ends. */
const inOneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ');

/** What a reader must see to before they paste a stage. Namespaces are everywhere. */
const inWords: readonly (readonly [Need, string])[] = [
  ['network', 'the network'],
  ['root', 'root'],
  ['loop-devices', 'loop devices'],
];

function printStage(stage: Stage): string {
  const needs = inWords.filter(([need]) => stage.steps.some((step) => step.needs.includes(need)));
  const needed = needs.length === 0 ? '' : ` (needs ${needs.map(([, words]) => words).join(', ')})`;
  return [`# ${inOneLine(stage.title)}${needed}`, ...stage.steps.map(printStep)].join('\n');
}

function printStep(step: Step): string {
  const place = step.origin ? ` (${step.origin.file}:${step.origin.start.line})` : '';
  const env = Object.entries(step.env ?? {}).map(([name, value]) => `${name}=${quoteForShell(value)} `);
  return `# ${inOneLine(`${step.title}${place}`)}\n${env.join('')}${step.argv.map(printWord).join(' ')}${printInput(step)}`;
}

/** What is read, and what a failure means: a shell that stops at the first is to go on where we do. */
function printInput(step: Step): string {
  const mayFail =
    step.onFailure === 'warn' ? ` || echo ${quoteForShell(inOneLine(`not done: ${step.title}`))} >&2` : '';
  if (step.stdin === undefined) return mayFail;
  if (step.stdinFile !== undefined) return ` < ${quoteForShell(step.stdinFile)}${mayFail}`;
  if (step.secret === true) return ` < (secret)${mayFail}`;
  const text = step.stdin.replace(/\n$/, '');
  const word = terminatorFor(text.split('\n'), 'INPUT');
  return ` <<'${word}'${mayFail}\n${text}\n${word}`;
}

/** Quoted for a shell, but for the names of stages' directories, which become variables. */
function printWord(word: string): string {
  if (word === '') return quoteForShell(word);
  const printed = word.split(/\$\{([a-z][a-z0-9-]*)\}/).map((part, index) => {
    const isName = index % 2 === 1;
    if (isName) return `"$${variable(part)}"`;
    return part === '' ? '' : quoteForShell(part);
  });
  return printed.join('');
}

function variable(stage: string): string {
  return stage.replaceAll('-', '_');
}
