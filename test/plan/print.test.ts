import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CachedStage, Plan, Stage, Step } from '../../scripts/plan/plan.ts';
import { printPlan } from '../../scripts/plan/print.ts';
import { stage, temporaryDirectory } from './fixtures.ts';

function cached(id: string, steps: readonly Step[]): CachedStage {
  return { ...stage(id, ''), title: `Stage ${id}`, steps };
}

const at = { offset: 0, line: 12, column: 1 };
const step: Step = { id: 'do', title: 'Doing', argv: ['make', 'it'], needs: [] };

function lines(plan: Partial<Plan>, cache = '/c'): string[] {
  return printPlan({ name: 'nano', stages: [], ...plan }, cache).split('\n');
}

test('a plan reads as a shell script: names, stages, steps', () => {
  const stages = [
    cached('root-tree', [
      { ...step, argv: ['mk', '${root-tree}/a b', '${cache}/x', '$HOME'], needs: ['network', 'namespaces'] },
      {
        ...step,
        title: 'More',
        argv: ['sh', ''],
        env: { A: 'x y', B: '1' },
        origin: { file: 'a.ks', start: at, end: at },
      },
    ]),
    cached('unnamed', [{ ...step, needs: ['root', 'loop-devices'] }]),
  ];
  expect(printPlan({ name: 'nano', stages }, '/my cache')).toBe(`# nano
umask 022
cache='/my cache'
root_tree="$cache/by-hand/root-tree"; mkdir -p "$root_tree"

# Stage root-tree (needs the network)
# Doing
mk "$root_tree"'/a b' "$cache"/x '$HOME'
# More (a.ks:12)
A='x y' B=1 sh ''

# Stage unnamed (needs root, loop devices)
# Doing
make it`);
});

test('only the names of stages become variables', () => {
  const printed = (word: string) => lines({ stages: [cached('one', [{ ...step, argv: ['echo', word] }])] }).at(-1);
  expect(printed('${HOME}')).toBe("echo '${HOME}'");
  expect(printed('a${HOME}')).toBe("echo 'a${HOME}'");
  expect(printed('${HOME}b')).toBe("echo '${HOME}b'");
  expect(printed('${one}${one}/x')).toBe('echo "$one""$one"/x');
});

test('the work of a run is named where a command names it', () => {
  const work = (word: string): Stage => ({
    id: 'w',
    title: 'W',
    runs: 'in-order',
    steps: [{ ...step, argv: ['ls', word] }],
  });
  const head = (word: string) => lines({ stages: [work(word)], work: { name: 'work-here' } }).slice(0, 4);
  expect(head('${work-here}')[3]).toBe('work_here="$cache/by-hand/work-here"; mkdir -p "$work_here"');
  // Its stages have no directories of their own.
  expect(head('${w}')).toEqual(['# nano', 'umask 022', 'cache=/c', '']);
  expect(lines({ stages: [], work: { name: 'work-here' } })).toEqual(['# nano', 'umask 022', 'cache=/c']);
});

test('standard input follows its command; a secret is never printed, but where to find it', () => {
  const printed = (more: Partial<Step>) => lines({ stages: [cached('one', [{ ...step, ...more }])] }).slice(6);
  expect(lines({ stages: [cached('one', [step])] })).toEqual([
    '# nano',
    'umask 022',
    'cache=/c',
    '',
    '# Stage one',
    '# Doing',
    'make it',
  ]);
  expect(printed({ stdin: 'a\nb\n' })).toEqual(["make it <<'INPUT'", 'a', 'b', 'INPUT']);
  expect(printed({ stdin: 'a\n\n' })).toEqual(["make it <<'INPUT'", 'a', '', 'INPUT']);
  expect(printed({ stdin: 'a' })).toEqual(["make it <<'INPUT'", 'a', 'INPUT']);
  expect(printed({ stdin: 'hash', secret: true })).toEqual(['make it < (secret)']);
  expect(printed({ stdin: 'hash', secret: true, stdinFile: '/my file' })).toEqual(["make it < '/my file'"]);
  expect(printed({ stdin: 'two hundred thousand letters', stdinFile: '/f' })).toEqual(['make it < /f']);
  expect(printed({ secret: true })).toEqual(['make it']);
});

test('a printed plan runs its steps, and nothing of the text that they are given, whatever words stand in it', () => {
  const marker = path.join(temporaryDirectory(), 'ran');
  const text = [
    'one',
    'INPUT',
    `touch ${marker}`,
    'INPUT_2',
    "INPUT'",
    `$(touch ${marker})`,
    `\`touch ${marker}\``,
    'last',
    '',
  ].join('\n');
  const copy = path.join(path.dirname(marker), 'copy');
  const title = `Copying\ntouch ${marker}`;
  const origin = { file: `a\ntouch ${marker}\n`, start: at, end: at };
  const steps = [{ ...step, title, origin, argv: ['sh', '-c', `cat > ${copy}`] as const, stdin: text }];
  const printed = printPlan({ name: `nano\ntouch ${marker}`, stages: [cached('one', steps)] }, path.dirname(marker));
  execFileSync('sh', ['-eu'], { input: printed });
  expect(readFileSync(copy, 'utf8')).toBe(text);
  expect(existsSync(marker)).toBe(false);
});

test('a step that may fail does not end a shell that stops at failures, with its input or without', () => {
  const steps = [
    { id: 'a', title: 'Asking', argv: ['false'], needs: [], onFailure: 'warn' },
    { id: 'b', title: 'Telling', argv: ['sh', '-c', 'cat; exit 3'], stdin: 'told\n', needs: [], onFailure: 'warn' },
    { id: 'c', title: 'Going on', argv: ['echo', 'went on'], needs: [] },
  ] as const;
  const plan: Plan = {
    name: 'p',
    work: { name: 'w' },
    stages: [{ id: 's', title: 'S', runs: 'in-order', steps }],
  };
  const { stdout, stderr, status } = spawnSync('sh', ['-eu'], { input: printPlan(plan, '/cache'), encoding: 'utf8' });
  expect({ stdout, stderr, status }).toEqual({
    stdout: 'told\nwent on\n',
    stderr: 'not done: Asking\nnot done: Telling\n',
    status: 0,
  });
});
