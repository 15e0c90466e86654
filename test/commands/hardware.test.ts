import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { run as hardwareCheck } from '../../scripts/commands/hardware-check.ts';
import { run as hardwareProbe } from '../../scripts/commands/hardware-probe.ts';
import { ReportedError } from '../../scripts/diagnostic/index.ts';
import { resolveFlavour } from '../../scripts/flavour/index.ts';
import { readDump, type Verdict } from '../../scripts/hardware/index.ts';
import { sourceDirectories } from '../../scripts/places/index.ts';
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
