import type { TestRun } from '../../test-run/index.ts';
import { type Case, casesOf, suiteOf } from './cases.ts';

/**
 * Runs as JUnit XML, the form that CI servers read: of each one case for the boot, one for each check, one for the console.
 * https://github.com/testmoapp/junitxml describes what they understand.
 */
export function junitXml(...runs: readonly TestRun[]): string {
  const all = runs.flatMap(casesOf);
  const totalMs = runs.reduce((sum, { timings }) => sum + timings.totalMs, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="phyllome" ${counts(all, ['tests', 'failures', 'errors'])} time="${seconds(totalMs)}">`,
    ...runs.flatMap(suiteXml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteXml(run: TestRun): string[] {
  const suite = suiteOf(run);
  const cases = casesOf(run);
  const time = seconds(run.timings.totalMs);
  return [
    `  <testsuite name="${xml(suite)}" ${counts(cases)} time="${time}" timestamp="${run.startedAt.slice(0, 19)}">`,
    '    <properties>',
    ...Object.entries(properties(run)).map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>`),
    '    </properties>',
    ...cases.map((one) => caseXml(suite, one)),
    '  </testsuite>',
  ];
}

/** The schema of CI servers knows no `skipped` of all suites together. */
function counts(cases: readonly Case[], wanted = ['tests', 'failures', 'errors', 'skipped']): string {
  const count = (kind: Case['problem']) => cases.filter(({ problem }) => problem === kind).length;
  const numbers: Readonly<Record<string, number>> = {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  return wanted.map((name) => `${name}="${numbers[name]}"`).join(' ');
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
