import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { run as hardwareCheck } from '../../scripts/commands/hardware-check.ts';
import { run as hardwareProbe } from '../../scripts/commands/hardware-probe.ts';
import { run as installer } from '../../scripts/commands/installer.ts';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import { resolveFlavour } from '../../scripts/flavour/index.ts';
import { readDump, type Verdict } from '../../scripts/hardware/index.ts';
import { sourceDirectories } from '../../scripts/places/index.ts';
import { RecordingRunner } from '../../scripts/process/index.ts';
import { checkout } from '../render/shipped.ts';
import { recordingContext, scratchDirectory } from './recording-context.ts';

const dumps = path.join(checkout, 'test/hardware/dumps');
const desktop = path.join(dumps, 'desktop-amd-two-cards.txt');

afterEach(() => {
  process.exitCode = undefined;
});

/** The codes and messages of what a command refuses. */
const refusal = async (work: Promise<void>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ReportedError)) throw new Error(`expected a refusal, not ${String(error)}`);
  return {
    exitCode: error.exitCode,
    text: error.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'),
  };
};

test('a computer that can be a host is fine; one that cannot run guests is exit code 1', async () => {
  const { context, output } = recordingContext();
  await hardwareCheck({ dump: desktop }, context);
  expect(output()).toMatch(/^Gigabyte .*X570 AORUS PRO WIFI/);
  expect(process.exitCode).toBeUndefined();
  await hardwareCheck({ dump: path.join(dumps, 'vt-x-off-in-firmware.txt') }, context);
  expect(process.exitCode).toBe(1);
});

test('the verdict is there for programs, too', async () => {
  const { context, output } = recordingContext();
  await hardwareCheck({ dump: desktop, json: true }, context);
  const verdict = JSON.parse(output()) as Verdict;
  expect(verdict.host).toMatchObject({ processor: 'ready', iommu: 'on' });
  expect(verdict.cards.find(({ card }) => card.main.address === '0000:0b:00.0')?.answer).toBe('yes');
});

test('a known computer is recognised by the names of its firmware', async () => {
  const said: string[] = [];
  const { context } = recordingContext();
  await hardwareCheck({ dump: desktop }, { ...context, say: (text) => void said.push(text) });
  expect(said).toEqual(['there is a profile of this computer: phyllome hardware check gigabyte-x570-aorus-pro-wifi']);
});

test('a written profile is one that a flavour can name, and hands nothing over by itself', async () => {
  const mine = scratchDirectory();
  const { context } = recordingContext([mine]);
  await hardwareCheck({ dump: desktop, write: 'my-desktop' }, context);
  const text = readFileSync(path.join(mine, 'hardware/my-desktop.yaml'), 'utf8');
  expect(text).toContain('hardware: my-desktop');
  const directories = sourceDirectories(checkout, [mine]);
  const { flavour, diagnostics } = resolveFlavour({ name: 'headless', hardware: 'my-desktop', directories });
  expect(diagnostics).toEqual([]);
  expect(flavour?.hardware).toMatchObject({ power: 'desktop' });
  expect(flavour?.hardware?.devices.find(({ selector }) => selector.startsWith('0000:0b:00.*'))).toMatchObject({
    selector: '0000:0b:00.*=10de:1b06',
    handOver: 'on-demand',
  });
  expect(flavour?.options.find(({ component, name }) => `${component}.${name}` === 'vfio.devices')?.value).toEqual([]);
  const componentNames = flavour?.components.map(({ name }) => name);
  expect(componentNames).toEqual(expect.arrayContaining(['cpu-amd', 'firmware-wireless', 'firmware-gpu-nvidia']));

  const again = await refusal(hardwareCheck({ dump: desktop, write: 'my-desktop' }, context));
  expect(again).toMatchObject({ exitCode: 2, text: expect.stringContaining('is there already') });
});

test.each(['laptop-intel-nvidia', 'virtual-machine', 'server-sr-iov', 'old-amd-without-iommu', 'mini-pc'])(
  'the profile of %s is well-formed on every base',
  async (name) => {
    const mine = scratchDirectory();
    const { context } = recordingContext([mine]);
    await hardwareCheck({ dump: path.join(dumps, `${name}.txt`), write: 'mine' }, context);
    const directories = sourceDirectories(checkout, [mine]);
    for (const base of ['debian-13', 'fedora-44']) {
      expect(resolveFlavour({ name: 'headless', base, hardware: 'mine', directories }).diagnostics).toEqual([]);
    }
  },
);

test('without --dir nothing is written, and a name must be one', async () => {
  expect((await refusal(hardwareCheck({ dump: desktop, write: 'mine' }, recordingContext().context))).text).toContain(
    'say where the profile is to lie',
  );
  const { context } = recordingContext([scratchDirectory()]);
  expect((await refusal(hardwareCheck({ dump: desktop, write: '../mine' }, context))).text).toContain(
    "cannot be a profile's name",
  );
});

test('a profile is told in words, with what it rests on', async () => {
  const { context, output } = recordingContext();
  await hardwareCheck({ dump: 'minisforum-um773-lite' }, context);
  expect(output()).toContain('Written down from public documentation; nobody of this project has had the computer');
  expect(output()).toContain('0000:34:00.0 1002:1681  Radeon 680M');
  expect(output()).toMatch(/Components it needs\n {2}cpu-amd\n {2}gpu-only-one/);
});

test('what is neither a file nor a profile is refused, and so is a file that is no dump', async () => {
  const { context } = recordingContext();
  expect((await refusal(hardwareCheck({ dump: 'generic-amdd' }, context))).text).toMatch(/^unknown-hardware/);
  expect((await refusal(hardwareCheck({ dump: path.join(checkout, 'README.md') }, context))).text).toMatch(
    /^not-a-dump/,
  );
});

test('a description goes into a new directory, or where no file can be made is told as that', async () => {
  const runner = new RecordingRunner(() => ({ stdout: 'a description\n' }));
  const { context } = recordingContext();
  const file = path.join(scratchDirectory(), 'new/dump.txt');
  await hardwareProbe({ file }, { ...context, runner });
  expect(readFileSync(file, 'utf8')).toBe('a description\n');
  await expect(hardwareProbe({ file: '/proc/x' }, { ...context, runner })).rejects.toMatchObject({ syscall: 'create' });
});

test('this computer can be probed and judged', async () => {
  const { context, output, scratch } = recordingContext();
  await hardwareProbe({}, context);
  expect(readDump('this computer', output()).diagnostics).toEqual([]);
  const file = path.join(scratch, 'dump.txt');
  await hardwareProbe({ file }, context);
  expect(readFileSync(file, 'utf8').trimEnd()).toBe(output());
  await hardwareCheck({}, context);
  expect(output()).toContain('Processor: ');
});

test('which disk an answer file would take of a computer is told by its description', async () => {
  const directory = scratchDirectory();
  const answers = path.join(directory, 'answers.ks');
  const dump = path.join(directory, 'dump.txt');
  writeFileSync(answers, 'clearpart --all\nignoredisk --only-use=sda\nautopart\n');
  writeFileSync(
    dump,
    `${readFileSync(desktop, 'utf8')}\n[disks]\nsda bytes=500107862016 sector=512 bus=sata table=gpt holds=ntfs\n`,
  );
  const { context, output } = recordingContext();
  const asked = { base: 'fedora-44', explain: dump, flavour: answers };
  await installer(asked, context);
  expect(output()).toBe('taken, and wiped: sda: 465.8 GiB, sata; holds a GPT table with ntfs');
  // The flavour's own kickstart wipes nothing.
  const refused = await refusal(installer({ ...asked, flavour: 'installed-headless' }, context));
  expect(refused).toEqual({
    exitCode: 1,
    text: 'installation-storage no disk can be taken:\n  sda: it is not empty, and no clearpart --all says that it may be wiped',
  });
  const older = await refusal(installer({ ...asked, explain: desktop }, context));
  expect(older.text).toBe(`no-disks-described ${desktop} says nothing of disks`);
});

test('a description is read from what a shell puts in the place of a file; what is none is told as that', async () => {
  const { context, output, scratch } = recordingContext();
  const pipe = path.join(scratch, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writing = spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', desktop, pipe]);
  await hardwareCheck({ dump: pipe }, context);
  expect(output()).toContain('Processor: ');
  writing.kill();
  const told = async (dump: string) => (await refusal(hardwareCheck({ dump }, context))).text;
  await expect(hardwareCheck({ dump: '/dev/zero' }, context)).rejects.toThrow('more than 64 MiB');
  expect(await told('posted.txt')).toBe('missing-file posted.txt: there is no such file');
  expect(await told('some/where')).toBe('missing-file some/where: there is no such file');
  expect(await told(scratch)).toBe(`unreadable-file ${scratch}: this is a directory`);
  expect(await told(path.join(scratch, 'hardware/box.yaml'))).toMatch(/^unknown-hardware /);
  expect(await told('nowhere')).toMatch(/^unknown-hardware /);
});
