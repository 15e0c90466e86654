import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ReportedError, UsageError } from '../../../scripts/diagnostic/index.ts';
import { engineOptions, output } from '../../../scripts/engines/engine/index.ts';
import { engines } from '../../../scripts/engines/index.ts';
import { recordingContext } from '../../commands/recording-context.ts';
import { typeIn } from '../../commands/type-in.ts';

async function failure(line: string, context = recordingContext().context): Promise<ReportedError> {
  const error = await typeIn(line.split(' '), context).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ReportedError) return error;
  throw error ?? new Error('it did not fail');
}

test.each([
  [
    'build headless --engine installer --output live-iso',
    'the engine installer does not use --output',
    'direct or livemedia would: --engine direct or --engine livemedia',
  ],
  ['build headless --runner mock', 'the engine direct does not use --runner', 'livemedia would: --engine livemedia'],
  [
    'build headless --base fedora-44 --offline',
    'the engine livemedia does not use --offline',
    'direct, netinst or installer would: --engine direct, --engine netinst or --engine installer',
  ],
  [
    'build headless --base fedora-44 --engine netinst --refresh',
    'the engine netinst does not use --refresh',
    'direct would: --engine direct',
  ],
  [
    'build headless --iso medium.iso --dry-run',
    'the engine direct does not use --iso',
    'netinst or installer would: --engine netinst or --engine installer',
  ],
])('`%s` is refused, with who would use it, and nothing is written', async (line, message, hint) => {
  const { context } = recordingContext();
  const error = await failure(line, context);
  expect(error).toBeInstanceOf(UsageError);
  expect(error.exitCode).toBe(2);
  expect(error.diagnostics).toMatchObject([{ code: 'unused-option', message, hint }]);
  expect(existsSync(path.join(context.places.out))).toBe(false);
});

test('a value that no engine knows is refused for its own sake, before the question who would use it', async () => {
  const error = await failure('build headless --output nonsense');
  expect(error.exitCode).toBe(2);
  expect(error.diagnostics).toMatchObject([
    { message: expect.stringMatching(/^--output nonsense: must be live-iso, /) },
  ]);
});

test('several are told at once', async () => {
  const error = await failure('build headless --boot kernel --accel tcg');
  expect(error.diagnostics.map(({ message }) => message)).toEqual([
    'the engine direct does not use --boot',
    'the engine direct does not use --accel',
  ]);
});

test('every option of every engine is refused by each engine that does not use it', async () => {
  const given: Readonly<Record<string, string>> = {
    output: 'live-iso',
    runner: 'auto',
    firmware: 'bios',
    boot: 'kernel',
    accel: 'auto',
    iso: 'x',
    checksum: 'x',
    sha256: 'x',
    key: 'x',
  };
  for (const { id, options } of engines) {
    for (const [key, option] of Object.entries(engineOptions(engines))) {
      if (key in options) continue;
      const value = option.takes ? ` ${given[key] ?? ''}` : '';
      const { diagnostics, exitCode } = await failure(`build nano --engine ${id} --${key}${value}`);
      expect([exitCode, diagnostics[0]?.message]).toEqual([2, `the engine ${id} does not use --${key}`]);
    }
  }
});

test('help tells which engines use an option', () => {
  const told = engineOptions(engines);
  expect(told.refresh?.help).toMatch(/^with direct: fetch package indexes/);
  expect(told.iso?.help).toMatch(/^with netinst or installer: Fedora-Everything/);
  const [direct] = engines;
  expect(direct && engineOptions([direct]).refresh?.help).toMatch(/^fetch package indexes/);
});

test('`--output` takes several, with commas or repeated, each once; old names are told what they are called now', async () => {
  const read = (given: string | readonly string[]) => output.read(given, '--output');
  expect(read('live-iso')).toEqual(['live-iso']);
  expect(read('disk-raw, disk-qcow2')).toEqual(['disk-raw', 'disk-qcow2']);
  expect(read(['pxe,live-iso', 'pxe'])).toEqual(['pxe', 'live-iso']);
  const names = { iso: 'live-iso', raw: 'disk-raw', qcow2: 'disk-qcow2' };
  for (const [old, now] of Object.entries(names)) {
    const error = await failure(`build headless --output ${old}`);
    expect(error.exitCode).toBe(2);
    expect(error.diagnostics[0]?.hint).toBe(`${old} is called ${now}: --output ${now}`);
  }
  for (const wrong of ['', 'live-iso,', 'Live-ISO']) expect(() => read(wrong)).toThrow(/must be live-iso/);
});
