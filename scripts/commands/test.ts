import path from 'node:path';
import { type BuiltImage, readBuilt } from '../build/index.ts';
import { allChecks, selectChecks } from '../checks/index.ts';
import {
  choice,
  count,
  flag,
  operand,
  option,
  options,
  text,
  unknownValue,
  type Value,
  type Values,
} from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import {
  chosenTopology,
  defaultTopologyFile,
  type Firmware,
  type RequestedAccelerator,
  type TopologyFile,
} from '../lab/index.ts';
import { taskList } from '../progress/index.ts';
import { leaveEvidence, leaveRate } from '../report/test-run/index.ts';
import {
  type HeldTest,
  hashOfCode,
  loadQuarantine,
  parseShard,
  type QuarantineEntry,
  RememberedVerdicts,
  type Shard,
  type TestMachine,
  type TestPolicy,
  type TestRun,
  testAndHold,
  testImage,
} from '../test-run/index.ts';
import { accel, baseAndHardware, firmwares, testedOutput, topology } from './common-flags.ts';
import { attachments, isPath, testFile } from './test-file.ts';
import { testScenarios } from './test-scenarios.ts';

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
};
export const startsPrograms = true;

export type TestCommandOptions = Values<typeof flags>;

/**
 * Boots the flavour's image once for each firmware, on the default machine or one of a topology, and writes a report for each.
 * @throws ReportedError with the findings when a boot or a check failed
 */
export async function run(options: TestCommandOptions, context: Context): Promise<void> {
  const { image: name, accel, repeat: times = 1 } = options;
  if (isPath(name)) {
    refuse(options, ofFlavours, `is about a flavour, and ${name} is a file`);
    return testFile(name, options, context);
  }
  refuse(options, ofFiles, `is about an image by its path, and \`${name}\` is a flavour`);
  if (options.scenario !== undefined) return testScenarios(name, options.scenario, options, context);
  const topology = options.topology === undefined ? undefined : chosenTopology(options.topology, context);
  const firmwares = options.firmware === undefined ? [topology?.firmware ?? 'bios'] : firmwaresOf(options.firmware);
  const built = await readBuilt(name, options, context);
  const quarantine = loadQuarantine(context.places.checkout);
  const runs: TestRun[] = [];
  for (const firmware of firmwares) {
    const directory = topology === undefined ? [firmware] : [topology.topology, options.firmware && firmware];
    const runDir = path.join(built.buildDirectory, 'test', [options.output, ...directory].filter(Boolean).join('-'));
    const ofThis: TestRun[] = [];
    for (let time = 1; time <= times; time += 1) {
      const directoryOfTime = times === 1 ? runDir : `${runDir}-${time}`;
      const run = await boot(
        built,
        { topology, firmware, accel, runDir: directoryOfTime, quarantine },
        options,
        context,
      );
      ofThis.push(run);
    }
    if (times > 1) leaveRate(ofThis, runDir, context);
    runs.push(...ofThis);
  }
  const failed = runs.filter((run) => run.verdict === 'failed');
  if (failed.length > 0) throw new ReportedError(failed.flatMap((run) => run.diagnostics));
}

/** Options that mean nothing to a file, and those that mean nothing to a flavour. */
const ofFlavours = [
  ...['base', 'hardware', 'output', 'only', 'scenario', 'shard', 'failFast', 'again', 'memory', 'cores', 'keep'],
  ...['repeat', 'idle'],
] as (keyof TestCommandOptions)[];
const ofFiles: readonly (keyof TestCommandOptions)[] = ['from', 'initrd', 'append', 'bootFile', 'expect'];

/** @throws UsageError for the first of these options that is given */
function refuse(options: TestCommandOptions, unwanted: readonly (keyof TestCommandOptions)[], why: string): void {
  const given = unwanted.find((option) => options[option] !== undefined);
  if (given === undefined) return;
  const asTyped = `--${given.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError({
    code: 'cannot-test-so',
    severity: 'error',
    message: `${asTyped} ${why}`,
    hint: 'phyllome test --help',
  });
}

/** Boots, asks, and leaves the report. With `keep` it then holds the machine until Ctrl-C, or until the guest turns itself off. */
async function boot(
  built: BuiltImage,
  on: {
    readonly topology: TopologyFile | undefined;
    readonly firmware: Firmware;
    readonly accel: RequestedAccelerator;
    readonly runDir: string;
    readonly quarantine: readonly QuarantineEntry[];
  },
  options: TestCommandOptions,
  context: Context,
): Promise<TestRun> {
  const { manifest, imageFile, toolsRoot, rendered } = built;
  const { topology, firmware, accel, runDir, quarantine } = on;
  const machine = topology === undefined ? '' : ` on ${topology.topology}`;
  const asking = {
    topology: { ...(topology ?? defaultTopologyFile), firmware },
    checks: selectChecks(allChecks, manifest.checks, options.only),
  };
  const verdicts = new RememberedVerdicts(context.places.cache, {
    code: hashOfCode(context.places.checkout),
    toolsRoot,
    accel,
  });
  const reused = wantsAll(options) ? undefined : await verdicts.checks(asking, manifest);
  const title = `Boot ${manifest.image.file} by ${firmwareTitles[firmware]}${machine}`;
  const image = { manifest, file: imageFile, ...(rendered && { rendered }) };
  const tested: TestMachine = {
    hardware: { firmware, ...(topology && { topology }) },
    accel,
    runner: context.runner,
    toolsRoot,
    cacheDir: context.places.cache,
    runDir,
  };
  const policy: TestPolicy = {
    quarantine,
    signal: context.signal,
    checks: asking.checks,
    ...(reused && { reused }),
    ...(options.idle !== undefined && { idleSeconds: options.idle }),
  };
  let result: TestRun | undefined;
  let off: HeldTest['off'] | undefined;
  await taskList([
    {
      title,
      task: async (_, task) => {
        const onProgress: TestPolicy['onProgress'] = ({ message, done, total }) => {
          task.output = total === undefined ? message : `${done}/${total} ${message}`;
        };
        if (options.keep) {
          const name = `${title} (${manifest.flavour})`;
          const held = testAndHold(image, tested, { ...policy, onProgress }, name, context.signal);
          off = held.off;
          result = await held.result;
        } else {
          result = await testImage(image, tested, { ...policy, onProgress });
        }
        task.title = `${title} (${(result.timings.totalMs / 1000).toFixed(0)} s)`;
      },
    },
  ]).run();
  if (result === undefined) throw new Error('the boot ended without a result');
  await verdicts.rememberChecks(asking, manifest, result);
  await leaveEvidence(result, built, runDir, context);
  if (off !== undefined) {
    context.say('the machine is on: `phyllome shell` in another terminal is root in it; Ctrl-C here turns it off');
    await off;
  }
  return result;
}

/** A check that is named is asked, and a rate is one of real answers. */
const wantsAll = ({ again, only, repeat }: TestCommandOptions): boolean =>
  again === true || only !== undefined || repeat !== undefined;

const firmwareTitles: Readonly<Record<Firmware, string>> = {
  bios: 'BIOS',
  uefi: 'UEFI',
  'secure-boot': 'UEFI with Secure Boot',
};

function firmwaresOf(chosen: Firmware | 'both'): readonly Firmware[] {
  return chosen === 'both' ? ['bios', 'uefi'] : [chosen];
}
