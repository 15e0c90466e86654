import type { CheckResult } from '../../checks/index.ts';
import { nameOf, type TestRun } from '../../test-run/index.ts';
import { answerWords } from './words.ts';

/**
 * The run as JUnit XML, the form that CI servers read: one case for the boot, one for each check, one for the console.
 * https://github.com/testmoapp/junitxml describes what they understand.
 */
export function junitXml(run: TestRun): string {
  const { name, firmware } = run.topology;
  const suite = `${nameOf(run)}.${name === 'default' ? firmware : name}`;
  const cases = [bootCase(run), ...run.checks.map(checkCase), consoleCase(run)];
  const count = (kind: Case['problem']) => cases.filter(({ problem }) => problem === kind).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const time = seconds(run.timings.totalMs);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="phyllome" ${counts} time="${time}">`,
    `  <testsuite name="${xml(suite)}" ${counts} time="${time}" timestamp="${run.startedAt.slice(0, 19)}">`,
    '    <properties>',
    ...Object.entries(properties(run)).map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>`),
    '    </properties>',
    ...cases.map((one) => caseXml(suite, one)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  readonly name: string;
  readonly durationMs: number;
  readonly problem?: 'failure' | 'error' | 'skipped';
  readonly message?: string;
  readonly detail?: string;
  readonly output?: string;
}

function bootCase(run: TestRun): Case {
  const name = 'boot';
  const durationMs = run.timings.settledMs ?? run.timings.verdictMs;
  const failure = run.booted ? undefined : run.diagnostics[0];
  return failure === undefined
    ? { name, durationMs }
    : { name, durationMs, problem: 'failure', message: failure.message, detail: failure.hint ?? '' };
}

function checkCase(result: CheckResult): Case {
  const common = { name: result.id, durationMs: result.durationMs };
  const output = [answerWords(result), ...result.evidence].join('\n');
  if (result.status === 'passed') return { ...common, output };
  const known = result.quarantine !== undefined;
  const problem = known ? 'skipped' : result.status === 'failed' ? 'failure' : result.status;
  return { ...common, problem, message: answerWords(result), detail: [result.proves, ...result.evidence].join('\n') };
}

function consoleCase(run: TestRun): Case {
  const name = 'console';
  if (run.findings.length === 0) return { name, durationMs: 0 };
  const detail = run.findings.map((f) => `${f.source} line ${f.lineNumber}: ${f.line}\n  ${f.explanation}`).join('\n');
  return { name, durationMs: 0, problem: 'failure', message: `${run.findings.length} bad lines`, detail };
}

function caseXml(suite: string, one: Case): string {
  const open = `    <testcase classname="${xml(suite)}" name="${xml(one.name)}" time="${seconds(one.durationMs)}"`;
  const output = one.output === undefined ? '' : `\n      <system-out>${xml(one.output)}</system-out>`;
  if (one.problem === undefined) return output === '' ? `${open}/>` : `${open}>${output}\n    </testcase>`;
  const message = `message="${xml(one.message ?? '')}"`;
  const problem =
    one.problem === 'skipped'
      ? `<skipped ${message}/>`
      : `<${one.problem} ${message}>${xml(one.detail ?? '')}</${one.problem}>`;
  return `${open}>\n      ${problem}${output}\n    </testcase>`;
}

function properties(run: TestRun): Record<string, string> {
  return {
    ...(run.base !== undefined && { base: run.base }),
    firmware: run.topology.firmware,
    accelerator: run.accelerator.chosen,
    'accelerator.reason': run.accelerator.reason,
    qemu: run.accelerator.qemuVersion,
    cpu: run.topology.cpu,
    memoryMiB: String(run.topology.memoryMiB),
    ...(run.image.inputHash !== undefined && { 'image.inputHash': run.image.inputHash }),
    'image.sha256': run.image.sha256,
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const unwritable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to go
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Escaped for text and for attributes. Characters that XML 1.0 has no way to write (most control characters) are left out. */
export function xml(text: string): string {
  return text
    .replace(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
