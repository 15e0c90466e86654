import { appendFileSync } from 'node:fs';
import {
  choice,
  count,
  flag,
  inWords,
  operand,
  option,
  optionName,
  optionOr,
  options,
  text,
  unknownValue,
  type Value,
  type Values,
} from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError } from '../diagnostic/index.ts';
import { hidingTasks, taskList } from '../progress/index.ts';
import { formatTestRuns, type TestFormat, testFormats } from '../report/test-run/index.ts';
import { parseShard, type Shard, type TestRun } from '../test-run/index.ts';
import {
  attachments,
  isPath,
  playScenarios,
  problemsOf,
  refuseStrangers,
  type Tested,
  type TestingContext,
  testFile,
  testFlavour,
  type Watch,
} from '../testing/index.ts';
import { accel, baseAndHardware, firmwares, testedOutput, topology } from './common-flags.ts';

/** `2/3`: the second of three equal parts. */
const shard: Value<Shard> = {
  name: 'm/n',
  read: (given, option) => {
    const found = parseShard(given);
    if (found === undefined) throw unknownValue(option, given, 'such as 2/3: the second of three');
    return found;
  },
};

export const name = 'test';
export const help = {
  summary: 'boot a built flavour, or any image by its path, in QEMU and check it',
  more: 'on machines of many kinds (`--topology`) and in situations (`--scenario`): scripts/lab/README.md tells them',
};
export const flags = {
  image: operand(
    text('image', { names: 'flavour', orFile: true }),
    'a flavour that was built; or any image by its path: ISO, disk (raw, qcow2, VMDK, VHD), kernel, or a directory for PXE',
  ),
  ...baseAndHardware,
  ...testedOutput,
  topology: option(topology, 'the machine: a topology of `phyllome list`, or a file; a small server when absent'),
  firmware: option(
    choice('firmware', [...firmwares, 'both']),
    'bios, uefi, secure-boot or both (bios and uefi); the topology’s own when absent',
  ),
  accel,
  only: options(text('check', { names: 'check' }), 'run these checks only'),
  scenario: options(
    text('scenario', { names: 'scenario' }),
    'play these: names, `usual` for all that do not take long, or `all`',
  ),
  shard: option(shard, 'of scenarios: the machines of one of n equal parts'),
  failFast: flag('of scenarios: stop at the first machine that fails'),
  again: flag('ask also what is known to be well because nothing it depends on has changed'),
  memory: option(
    count('MiB', 'MiB'),
    'of scenarios: what machines may use at a time; three quarters of this computer’s when absent',
  ),
  cores: option(count('number'), 'of scenarios: the same for processors; all of them when absent'),
  keep: flag('leave the machine on, for `phyllome shell`'),
  repeat: option(count('times'), 'boot it so often and tell how often it passed'),
  idle: option(
    count('seconds', 'seconds'),
    'measure memory this long after boot; when absent, as soon as it stands still',
  ),
  from: option(
    choice('attachment', attachments),
    'of an image by its path: how it is attached; an ISO as cdrom, all else as disk when absent',
  ),
  initrd: option(text('file', 'files'), 'of a kernel by its path: its initramfs'),
  append: option(text('arguments'), 'of a kernel by its path: its arguments; both consoles when absent'),
  bootFile: option(text('file'), 'of a directory for PXE: what the firmware fetches first; a usual name when absent'),
  expect: option(
    text('file', 'files'),
    'of an image by its path: what is expected of it; `phyllome new --expect` writes a file',
  ),
  format: optionOr(choice('format', testFormats), inWords(testFormats), 'pretty'),
};
export const startsPrograms = true;

export type TestCommandOptions = Values<typeof flags>;

/**
 * Boots the image, asks it, and writes a report for each machine. In another format than that for people all of it is one document on
 * standard output, and what people read goes to standard error.
 * @throws ReportedError with the findings when a boot or a check failed
 */
export async function run(options: TestCommandOptions, context: Context): Promise<void> {
  const { format } = options;
  const done =
    format === 'pretty'
      ? await tested(options, { ...context, watch: asTaskList })
      : await toldAs(format, (testing) => tested(options, testing), context);
  const problems = problemsOf(done);
  if (problems.length > 0) throw new ReportedError(problems);
}

async function toldAs(
  format: Exclude<TestFormat, 'pretty'>,
  work: (context: TestingContext) => Promise<Tested>,
  context: Context,
): Promise<Tested> {
  const { say, print } = context;
  const tell = (reports: Tested['reports'], stopped?: ReportedError) => {
    const runs = reports.map(({ run }) => run);
    print(formatTestRuns(format, runs, stopped?.diagnostics).trimEnd());
    const summary = process.env.GITHUB_STEP_SUMMARY;
    if (format === 'github' && summary !== undefined) appendFileSync(summary, formatTestRuns('markdown', runs));
  };
  const watch: Watch = (title, work) => {
    say(title);
    return work((message) => say(`  ${message}`));
  };
  const done = await hidingTasks(() => work({ ...context, print: say, watch })).catch((error: unknown) => {
    if (error instanceof ReportedError) tell([], error);
    throw error;
  });
  tell(done.reports);
  return done;
}

function tested(options: TestCommandOptions, context: TestingContext): Promise<Tested> {
  const { image, scenario } = options;
  refuseStrangers(image, options, optionName);
  if (isPath(image)) return testFile(image, options, context);
  return scenario === undefined
    ? testFlavour(image, options, context)
    : playScenarios(image, scenario, options, context);
}

/** As a list of tasks, this one with the time that it took. */
const asTaskList: Watch = async (title, work) => {
  let result: TestRun | undefined;
  await taskList([
    {
      title,
      task: async (_, task) => {
        result = await work((message) => {
          task.output = message;
        });
        task.title = `${title} (${(result.timings.totalMs / 1000).toFixed(0)} s)`;
      },
    },
  ]).run();
  if (result === undefined) throw new Error('the boot ended without a result');
  return result;
};
