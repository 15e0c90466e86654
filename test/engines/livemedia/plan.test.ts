import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OUTPUTS } from '../../../scripts/engines/livemedia/output.ts';
import { planLivemedia } from '../../../scripts/engines/livemedia/plan.ts';
import { RUNNERS } from '../../../scripts/engines/livemedia/runners/runner.ts';
import { printPlan } from '../../../scripts/plan/index.ts';
import { checksBeforeStart, parseCreatorArguments, UsageFailure } from './creator-model.ts';
import { creatorWords, planFor, requestFor } from './fixtures.ts';
import { checksOfKickstart } from './kickstart-checks-model.ts';

const machine = {
  exists: (file: string) => file === '/usr/share/lorax' || file.endsWith('.ks'),
  hasProgram: (name: string) => name !== 'mkfs.hfsplus',
  isRoot: true,
};

describe.each(RUNNERS)('runner %s', (runner) => {
  test.each(OUTPUTS)('the plan for %s', (output) => {
    const plan = planFor({ output, runner });
    const steps = plan.stages.flatMap((stage) => stage.steps.map(({ argv, needs }) => ({ argv, needs })));
    expect(steps).toMatchSnapshot();
  });

  test.each(OUTPUTS)('livemedia-creator accepts its command line for %s, and all that it checks', (output) => {
    const options = parseCreatorArguments(creatorWords(planFor({ output, runner })));
    expect(checksBeforeStart(options, machine)).toEqual([]);
    expect(options).toMatchObject({ no_virt: true, domacboot: false, releasever: '44' });
    const ofKickstart = checksOfKickstart(requestFor({ output, runner }).model, options);
    expect(ofKickstart).toEqual([]);
  });

  test('what follows a failure removes everything that the runner may leave', () => {
    const clean = planFor({ runner }).stages.find(({ id }) => id === 'clean');
    expect(clean?.steps.map(({ title }) => title)).toMatchSnapshot();
  });
});

test.each(OUTPUTS)('nothing of the builder gets into %s: neither logs nor arguments of its kernel', (output) => {
  for (const runner of RUNNERS) {
    const plan = planFor({ output, runner });
    const { anaconda_args: given } = parseCreatorArguments(creatorWords(plan));
    expect(given).toContain('--nosave=all');
    const argv: readonly string[] =
      plan.stages.flatMap(({ steps }) => steps).find(({ id }) => id === 'create')?.argv ?? [];
    const before = argv.slice(0, argv.indexOf('livemedia-creator')).join(' ');
    expect(before).toMatch(/mount --bind "\$0\/cmdline" \/proc\/cmdline; exec "\$@" \S+\/tmp$/);
  }
});

test('every option has its value behind `=`', () => {
  const words = OUTPUTS.flatMap((output) => creatorWords(planFor({ output })));
  expect(words.filter((word) => !/^--[a-z0-9-]+(=|$)/.test(word))).toEqual([]);
});

test('a plan is a plain value: writing and reading it changes nothing', () => {
  const plan = planFor();
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});

test('a printed plan is a shell script that a shell can read', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'phyllome-plan-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const runner of RUNNERS) {
    for (const output of OUTPUTS) {
      execFileSync('bash', ['-n'], { input: printPlan(planFor({ runner, output }), directory) });
    }
  }
});

test('a kickstart that holds the hash of a password is not printed', () => {
  const request = requestFor();
  const plan = planLivemedia({ ...request, isSecret: true, kickstart: `${request.kickstart}\n# $6$salt$hash` });
  expect(printPlan(plan, '/cache')).not.toContain('$6$salt$hash');
  // Whoever pastes the plan gets it from the file.
  expect(printPlan(plan, '/cache')).toContain('nano.ks < /out/nano.ks');
});

test.each([
  [['--make-iso', '--make-tar'], 'exactly one'],
  [['--make-iso', '--volid', '-x'], 'expected one argument'],
  [['--make-iso', '@file'], "can't open"],
  [['--make-iso', '--title=x'], 'unrecognized'],
  [['--make-iso', '--image=x'], 'ambiguous'],
  [['--make-iso', '--ram=much'], 'invalid int'],
  [['--make-iso=yes'], 'explicit argument'],
  [['--no-virt'], 'exactly one'],
])('the model refuses %j', (words, message) => {
  expect(() => parseCreatorArguments(words)).toThrow(UsageFailure);
  expect(() => parseCreatorArguments(words)).toThrow(message);
});

test('the model takes what argparse takes', () => {
  expect(parseCreatorArguments(['--make-i', '--extra-boot-args', '-a b', '--ks=a', '--ks', 'b'])).toMatchObject({
    make_iso: true,
    extra_boot_args: '-a b',
    ks: ['a', 'b'],
  });
});

test.each([
  [['--make-iso', '--ks=a.ks'], 'virt install needs an install iso.'],
  [['--make-iso', '--ks=a.ks', '--no-virt'], 'mkfs.hfsplus is missing'],
  [
    ['--make-iso', '--ks=a.ks', '--no-virt', '--nomacboot', '--qcow2'],
    'image-type cannot be used to make a bootable iso',
  ],
  [['--make-tar', '--ks=gone', '--no-virt', '--nomacboot'], 'kickstart file (gone) is missing.'],
  [['--make-iso', '--ks=a.ks', '--no-virt', '--nomacboot', '--resultdir=/usr/share/lorax'], 'should not exist'],
  [['--make-iso', '--ks=a.ks', '--no-virt', '--nomacboot', `--volid=${'x'.repeat(33)}`], 'cannot be longer than 32'],
])('the model of the checks finds %j', (words, message) => {
  expect(checksBeforeStart(parseCreatorArguments(words), machine).join('\n')).toContain(message);
});
