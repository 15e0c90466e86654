import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { plainProgram } from '../plain-program.ts';

/** A command line in small: what it does is its first word. */
const program = plainProgram(`
  import { writeSync } from 'node:fs';
  import { Interruption } from './scripts/context/index.ts';
  const interruption = new Interruption((text) => void process.stderr.write(text + '\\n'));
  interruption.watch(process.stdout);
  interruption.watch(process.stderr);
  const cleaningUp = () => interruption.signal.addEventListener('abort', () => setTimeout(() => { writeSync(2, 'cleaned\\n'); process.exit(130); }, 50));
  const lines = (count) => { for (let number = 0; number < count; number++) process.stdout.write('a line of some length, so that a pipe is full soon\\n'); };
  switch (process.argv[2]) {
    case 'busy': writeSync(1, 'ready\\n'); for (const end = Date.now() + 60_000; Date.now() < end; );  break;
    case 'work': cleaningUp(); setInterval(() => {}, 1000); writeSync(1, 'ready\\n'); break;
    case 'stuck': interruption.signal.aborted; setInterval(() => {}, 1000); writeSync(1, 'ready\\n'); break;
    case 'talk': cleaningUp(); setInterval(() => lines(100), 5); break;
    case 'list': lines(20_000); break;
    case 'found': process.exitCode = 1; lines(20_000); break;
    case 'over': interruption.signal.aborted; interruption.over(); lines(20_000); process.exitCode = 0; setTimeout(() => {}, 5000); break;
    default: process.stdout.write('text\\n');
  }
`);

async function started(mode: string) {
  const child = spawn('node', [program, mode], { stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  child.stderr.on('data', (bytes: Buffer) => {
    told += bytes.toString();
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'close').then(([code, signal]) => ({ end: signal ?? code, told }));
  return { child, ended };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends what only computes at once', async (signal) => {
  const { child, ended } = await started('busy');
  child.kill(signal);
  expect((await ended).end).toBe(signal);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s lets work clean up, and says how to end it at once',
  async (signal) => {
    const { child, ended } = await started('work');
    child.kill(signal);
    expect(await ended).toEqual({ end: 130, told: 'stopping, and cleaning up; once more ends at once\ncleaned\n' });
  },
);

test('one Ctrl-C that arrives twice is one', async () => {
  const { child, ended } = await started('work');
  child.kill('SIGINT');
  await sleep(5);
  child.kill('SIGINT');
  expect((await ended).told).toContain('cleaned');
});

test('a second one ends what hangs', async () => {
  const { child, ended } = await started('stuck');
  child.kill('SIGINT');
  await sleep(700);
  child.kill('SIGINT');
  expect((await ended).end).toBe(130);
});

/** How a command ended whose output goes into `reader`. */
function into(reader: string, mode: string): { readonly code: string; readonly told: string } {
  const script = `{ node ${program} ${mode}; echo "$?" >&3; } 3>&2 ${reader}`;
  const { stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', timeout: 50_000 });
  const lines = stderr.trimEnd().split('\n');
  return { code: lines.at(-1) ?? '', told: lines.slice(0, -1).join('\n') };
}

test.each([
  [
    'work under way that nobody reads of is interrupted, and no success',
    '| head -2 > /dev/null',
    'talk',
    '130',
    'cleaned',
  ],
  ['a list of which enough is read is no error', '| head -2 > /dev/null', 'list', '0', ''],
  ['nor are findings forgotten', '| head -2 > /dev/null', 'found', '1', ''],
  ['what is done stays done, whoever reads of it', '| head -2 > /dev/null', 'over', '0', ''],
])('%s', (_title, reader, mode, code, told) => {
  expect(into(reader, mode)).toEqual({ code, told });
});

test('an output on a full disk is the machine’s trouble', () => {
  const { code, told } = into('> /dev/full', 'text');
  expect(code).toBe('3');
  expect(told).toContain('the output cannot be written: ENOSPC');
});
