import path from 'node:path';
import { printable } from 'kickstart-parser/report';
import { sizeInWords } from '../../diagnostic/index.ts';
import { type BuiltSide, type Release, trendOf } from '../../dossier/index.ts';
import { readJson } from '../../files/index.ts';
import { cell, row } from '../test-run/index.ts';
import { type JobRun, runsOf, verdictOf } from './job-runs.ts';

const MARKS = { passed: '✅', failed: '❌', 'not tested': '⏭️' } as const;

/**
 * The summary of a job in Markdown: verdict for each machine, numbers against budgets and against the target branch, what was reused, and
 * the first failure with its cause.
 * @param before the same image of the target branch
 */
export function jobSummary(now: BuiltSide, before: BuiltSide | undefined): string {
  const runs = runsOf(now);
  const verdict = verdictOf(runs);
  const numbers = trendOf(before === undefined ? [now] : [before, now]);
  const { flavour, base } = now.manifest;
  return printable(
    [
      `### ${MARKS[verdict]} ${cell(flavour)} on ${cell(base)}: ${verdict}`,
      ...testTable(runs),
      ...numberTable(numbers.at(-1), before === undefined ? undefined : numbers[0], now),
      ...reused(now, runs),
      ...firstFailure(runs),
    ].join('\n'),
  ).concat('\n');
}

/** What later steps of a job ask for, as lines `name=value`. All paths are absolute. */
export function jobOutputs(side: BuiltSide): string {
  const runs = runsOf(side);
  const directory = path.resolve(side.directory);
  const image = side.manifest.outputs[0]?.files[0];
  const failed = runs.find(({ verdict }) => verdict === 'failed') ?? runs[0];
  const values: Readonly<Record<string, string>> = {
    verdict: verdictOf(runs),
    directory,
    image: image === undefined ? '' : path.join(directory, image.file),
    report: failed === undefined ? '' : path.join(directory, failed.directory, 'report.html'),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${printable(value).replaceAll('\n', '?')}`)
    .join('\n');
}

function testTable(runs: readonly JobRun[]): readonly string[] {
  if (runs.length === 0) return [];
  const rows = runs.map((run) => {
    const count = (status: string) => run.checks.filter((check) => check.status === status).length;
    const guest = run.timings.guest;
    const phases = guest
      ? `${seconds(guest.kernelMs)} + ${seconds(guest.initramfsMs)} + ${seconds(guest.userspaceMs)}`
      : '-';
    return row([
      `${MARKS[run.verdict]} ${cell(run.directory.replace(/^test\//, ''))}`,
      cell(`${run.topology.firmware}, ${run.accelerator.chosen}`),
      `${count('passed')} of ${run.checks.length}`,
      phases,
      seconds(run.timings.verdictMs),
    ]);
  });
  const head = ['Test', 'Machine', 'Checks passed', 'Kernel + initramfs + userspace', 'Verdict after'];
  return ['', row(head), row(head.map(() => '---')), ...rows];
}

interface Row {
  readonly title: string;
  readonly of: (release: Release) => number | undefined;
  readonly words: (value: number) => string;
  readonly budget?: number | undefined;
}

function numberTable(
  now: Release | undefined,
  before: Release | undefined,
  { manifest }: BuiltSide,
): readonly string[] {
  if (now === undefined) return [];
  const { budgets } = manifest;
  const bytes = (value: number) => sizeInWords(value);
  const count = (value: number) => String(value);
  const mebibytes = (value: number) => `${value} MiB`;
  const ofImage = budgets.imageMiB === undefined ? undefined : budgets.imageMiB * 2 ** 20;
  const wanted: readonly Row[] = [
    { title: 'Image', of: ({ imageBytes }) => imageBytes, words: bytes, budget: ofImage },
    { title: 'Unpacked', of: ({ installedBytes }) => installedBytes, words: bytes },
    { title: 'Initramfs', of: ({ initramfsBytes }) => initramfsBytes, words: bytes },
    { title: 'Packages', of: ({ packages }) => packages, words: count },
    { title: 'Memory at idle', of: ({ idleMiB }) => idleMiB, words: mebibytes, budget: budgets.idleMemoryMiB },
    { title: 'Services', of: ({ services }) => services, words: count, budget: budgets.runningServices },
  ];
  const rows = wanted.flatMap(({ title, of, words, budget }) => {
    const value = of(now);
    if (value === undefined) return [];
    const old = before && of(before);
    const limit = budget === undefined ? '-' : `${words(budget)}${value > budget ? ' ❌' : ''}`;
    const against = old === undefined ? ['-', '-'] : [words(old), change(value - old, words)];
    return [row([title, words(value), limit, ...(before === undefined ? [] : against)])];
  });
  const head = ['', 'Now', 'Budget', ...(before === undefined ? [] : ['Target branch', 'Change'])];
  return rows.length === 0 ? [] : ['', row(head), row(head.map(() => '---')), ...rows];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const change = (by: number, words: (value: number) => string): string =>
  by === 0 ? 'none' : `${by < 0 ? '−' : '+'}${words(Math.abs(by))}`;

/** What is read of `build.json`. */
interface BuildRecord {
  readonly stages?: unknown;
}

function reused({ directory }: BuiltSide, runs: readonly JobRun[]): readonly string[] {
  const record = readJson(path.join(directory, 'build.json')) as BuildRecord | null | undefined;
  const stages = (Array.isArray(record?.stages) ? record.stages : []) as readonly {
    readonly id?: unknown;
    readonly reused?: unknown;
  }[];
  const made = stages.filter((stage) => stage.reused === false).map(({ id }) => String(id));
  const checks = runs.flatMap((run) =>
    run.reusedFrom === undefined ? run.checks.filter(({ reusedFrom }) => reusedFrom !== undefined) : run.checks,
  );
  const all = runs.flatMap((run) => run.checks);
  const words = [
    ...(stages.length > 0
      ? [
          made.length === 0
            ? `all ${stages.length} stages of the build`
            : `${stages.length - made.length} of ${stages.length} stages of the build (made: ${made.map(cell).join(', ')})`,
        ]
      : []),
    ...(all.length > 0 ? [`${checks.length} of ${all.length} answers of checks`] : []),
  ];
  return words.length === 0 ? [] : ['', `Reused: ${words.join('; ')}.`];
}

function firstFailure(runs: readonly JobRun[]): readonly string[] {
  const run = runs.find(({ verdict }) => verdict === 'failed');
  const [first] = run?.diagnostics ?? [];
  if (run === undefined || first === undefined) return [];
  const screen = run.evidence?.screenshots?.at(-1)?.file;
  return [
    '',
    `**First failure, ${cell(run.directory)}:** \`${first.code}\` ${cell(first.message)}`,
    ...(first.hint === undefined ? [] : ['', cell(first.hint)]),
    '',
    `Report: \`${run.directory}/report.html\`${screen === undefined ? '' : `, screen: \`${run.directory}/${screen}\``} of the job's artefacts.`,
  ];
}
