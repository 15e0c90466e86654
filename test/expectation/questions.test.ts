import { expect, test } from 'vitest';
import { type ExpectationFile, type ForeignContext, questionsOf } from '../../scripts/expectation/index.ts';
import { judgePicture } from '../../scripts/expectation/step-questions.ts';
import { YamlSource } from '../../scripts/flavour/index.ts';
import { GuestCommandFailed } from '../../scripts/lab/index.ts';

/** A machine that shows and answers what is said here, and remembers what was done to it. */
function contextOf(says: Readonly<Record<string, { status?: number; stdout?: string }>>, shows = '', written = 0) {
  const done: string[] = [];
  const run = async (command: string | readonly string[]) => {
    const words = typeof command === 'string' ? command : command.join(' ');
    const said = Object.entries(says).find(([part]) => words.includes(part))?.[1];
    if (said === undefined) throw new GuestCommandFailed(words, { status: 127, stdout: '', stderr: 'not said' });
    return { status: said.status ?? 0, stdout: said.stdout ?? '', stderr: '' };
  };
  const context = {
    guest: {
      run,
      read: async (file: string) => Buffer.from((await run(file)).stdout),
      kargs: async () => (await run('/proc/cmdline')).stdout.split(' '),
      unit: async (name: string) => JSON.parse((await run(`show ${name}`)).stdout),
    },
    machine: {
      press: async (keys: readonly string[]) => void done.push(keys.join('+')),
      type: async (text: string) => void done.push(text),
      bytesWritten: async () => written,
    },
    serial: { text: async () => shows, type: (text: string) => void done.push(`serial ${text}`) },
    look: async () => ({ display: { kind: 'text', lines: ['on the display'] } }),
    restart: async (how: string) => void done.push(how),
    scaled: (seconds: number) => seconds / 1000,
  } as unknown as ForeignContext;
  return { context, done };
}

async function answers(data: Omit<ExpectationFile, 'summary'>, ...around: Parameters<typeof contextOf>) {
  const { context, done } = contextOf(...around);
  const source = new YamlSource('expected.yaml', 'summary: x\n');
  const told: string[] = [];
  for (const question of questionsOf({ data: { summary: 'x', ...data }, source }, [])) {
    const { status, summary } = await question.run(context);
    told.push(`${question.id} ${question.byAgent ? 'asks' : 'looks'}: ${status}, ${summary}`);
  }
  return { told, done };
}

test('what a system is asked, where all is well', async () => {
  const tcp = { stdout: '  0: 00000000:0016 00000000:0000 0A 0' };
  const { told } = await answers(
    {
      units: { 'ssh.service': 'enabled', 'gone.service': 'absent' },
      kernelArguments: ['quiet'],
      files: [
        { path: '/etc/hostname', contains: 'ho' },
        { path: '/etc/none', absent: true },
      ],
      commands: [{ run: 'false', status: 1 }],
      ports: [22],
      packages: ['bash'],
      memoryMiB: 300,
      disksUntouched: true,
    },
    {
      'show ssh': { stdout: '{"load":"loaded","active":"active"}' },
      'show gone': { stdout: '{"load":"not-found","active":"inactive"}' },
      'is-enabled -- ssh': { stdout: 'enabled\n' },
      'is-enabled -- gone': { status: 1 },
      '/proc/cmdline': { stdout: 'root=x quiet' },
      '/etc/hostname': { stdout: 'host' },
      '/etc/none': { status: 1 },
      '/proc/net/tcp': tcp,
      'dpkg-query': { stdout: 'install ok installed 5.2' },
      '/proc/meminfo': { stdout: 'MemTotal:  512000 kB\nMemAvailable:  307200 kB\n' },
      false: { status: 1 },
    },
  );
  expect(told.map((line) => line.replace(/, .*/, ''))).toEqual([
    'unit-ssh.service asks: passed',
    'unit-gone.service asks: passed',
    'kernel-argument-quiet asks: passed',
    'file-/etc/hostname asks: passed',
    'file-/etc/none asks: passed',
    'command-1 asks: passed',
    'port-22 asks: passed',
    'package-bash asks: passed',
    'memory asks: passed',
    'disks-untouched looks: passed',
  ]);
});

test('and where it is not', async () => {
  const { told } = await answers(
    {
      units: { 'ssh.service': 'active' },
      kernelArguments: ['quiet'],
      files: [
        { path: '/etc/hostname', contains: 'other' },
        { path: '/etc/none', absent: true },
      ],
      commands: [{ run: 'echo' }, { run: 'print', output: 'yes' }],
      ports: [23],
      packages: ['bash'],
      memoryMiB: 100,
      disksUntouched: true,
    },
    {
      'show ssh': { stdout: '{"load":"loaded","active":"failed"}' },
      'is-enabled': { stdout: 'enabled\n' },
      '/proc/cmdline': { stdout: 'root=x' },
      '/etc/': { stdout: 'host' },
      '/proc/net/tcp': { stdout: '  0: 00000000:0016 00000000:0000 0A 0' },
      'dpkg-query': { status: 1 },
      '/proc/meminfo': { stdout: 'MemTotal:  512000 kB\nMemAvailable:  307200 kB\n' },
      echo: { status: 3 },
      print: { stdout: 'no' },
    },
    '',
    4096,
  );
  expect(told).toEqual([
    'unit-ssh.service asks: failed, it is failed, enabled',
    'kernel-argument-quiet asks: failed, its arguments: root=x',
    'file-/etc/hostname asks: failed, it does not contain "other"',
    'file-/etc/none asks: failed, it is there',
    'command-1 asks: failed, it ended with 3, not 0',
    'command-2 asks: failed, it did not print "yes"',
    'port-23 asks: failed, nothing does',
    'package-bash asks: failed, it is not',
    'memory asks: failed, 200 MiB, budget 100 MiB',
    'disks-untouched looks: failed, 4096 bytes were written',
  ]);
});

test('steps are taken one after the other', async () => {
  const { told, done } = await answers(
    {
      steps: [
        { see: 'on the (serial|display)', matches: true },
        { see: 'on the display', on: 'serial' },
        { press: ['ctrl', 'x'], times: 2 },
        { type: 'root\n', on: 'serial' },
        { type: 'root\n' },
        { reboot: true },
        { powerCut: true },
      ],
    },
    {},
    'on the serial console',
  );
  expect(told.slice(0, 2)).toEqual([
    'step-1 looks: passed, on the serial console',
    'step-2 looks: failed, it did not appear within 0 s',
  ]);
  expect(done).toEqual(['ctrl+x', 'ctrl+x', 'serial root\r', 'root\n', 'reboot', 'power-cut']);
});

test('a part of the display', () => {
  const rgb = Buffer.alloc(10 * 10 * 3);
  rgb[(5 * 10 + 5) * 3] = 255;
  const picture = { width: 10, height: 10, rgb };
  expect(judgePicture(picture, { left: 0, top: 0, width: 50, height: 50 }).status).toBe('failed');
  expect(judgePicture(picture, { left: 50, top: 50, width: 10, height: 10 }).status).toBe('failed');
  expect(judgePicture(picture, { left: 40, top: 40, width: 90, height: 90 })).toMatchObject({
    status: 'passed',
    summary: '97 % of 6 × 6 pixels have one colour',
  });
});
